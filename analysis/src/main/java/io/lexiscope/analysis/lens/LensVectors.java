package io.lexiscope.analysis.lens;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The vectors of one place at some positions: which they are, and how they are made.
///
/// @param at the place
/// @param positions from 0
/// @param parts what is read at each position, in order
record LensVectors(HookName at, List<Integer> positions, List<Part> parts) {

  /// Resolves what a selection says of one place.
  ///
  /// @throws LensException if the place cannot be read in words, or a layer, position, head or
  ///   neuron does not exist
  static LensVectors of(LanguageModel model, HookName at, LensSelection selection, int length) {
    at.layer()
        .ifPresent(
            layer -> {
              if (layer >= model.architecture().layers()) {
                throw new LensException(
                    "lens: expected a layer from 0 to %d, got %d at %s"
                        .formatted(model.architecture().layers() - 1, layer, at));
              }
            });
    List<Integer> positions =
        selection.positions().isEmpty()
            ? IntStream.range(0, length).boxed().toList()
            : selection.positions().stream()
                .map(position -> Indices.require("position", position, length))
                .toList();
    return new LensVectors(at, positions, parts(model, at.point(), selection.parts()));
  }

  private static List<Part> parts(LanguageModel model, HookPoint point, Parts wanted) {
    Attention.Heads heads = model.architecture().block().attention().heads();
    return switch (point) {
      case Z, RESULT ->
          switch (wanted) {
            case Parts.All _ ->
                IntStream.range(0, heads.heads()).<Part>mapToObj(Part.Head::new).toList();
            case Parts.Each each ->
                within("head", each.indices(), heads.heads()).stream()
                    .<Part>map(Part.Head::new)
                    .toList();
            case Parts.SumOf sum ->
                List.of(new Part.SumOfHeads(within("head", sum.indices(), heads.heads())));
          };
      case MLP_POST -> {
        int neurons = model.architecture().dimensions().dMlp();
        yield switch (wanted) {
          case Parts.All _ ->
              throw new LensException(
                  "lens: expected neurons to be chosen at %s, got all %d; name them"
                      .formatted(point.template(), neurons));
          case Parts.Each each ->
              within("neuron", each.indices(), neurons).stream()
                  .<Part>map(Part.Neuron::new)
                  .toList();
          case Parts.SumOf sum ->
              List.of(new Part.SumOfNeurons(within("neuron", sum.indices(), neurons)));
        };
      }
      default -> {
        if (!LogitLens.canRead(point)) {
          throw new LensException(
              "lens: expected a hook point in residual space, heads (%s) or neurons (%s), got %s"
                  .formatted(
                      HookPoint.Z.template(), HookPoint.MLP_POST.template(), point.template()));
        }
        yield List.of(new Part.Whole());
      }
    };
  }

  private static List<Integer> within(String kind, List<Integer> indices, int count) {
    return indices.stream().map(index -> Indices.require(kind, index, count)).toList();
  }

  /// Number of vectors.
  int rows() {
    return positions.size() * parts.size();
  }

  /// The same in pieces of at most `rows` vectors each, or of one position where that has more.
  List<LensVectors> pieces(int rows) {
    int step = Math.max(1, rows / parts.size());
    List<LensVectors> pieces = new ArrayList<>();
    for (int start = 0; start < positions.size(); start += step) {
      int end = Math.min(start + step, positions.size());
      pieces.add(new LensVectors(at, positions.subList(start, end), parts));
    }
    return pieces;
  }

  /// Where each vector stands, in the order of [#of].
  List<LensPlace> places() {
    List<LensPlace> places = new ArrayList<>(rows());
    for (int position : positions) {
      for (Part part : parts) {
        places.add(new LensPlace(at, position, part));
      }
    }
    return places;
  }

  /// The position of each vector, INT64 [rows].
  Tensor positionOfRows() {
    return Tensors.ofLongs(
        positions.stream()
            .flatMapToLong(position -> parts.stream().mapToLong(part -> position))
            .toArray());
  }

  /// The vectors, [rows, d_model], float32, by position, then part.
  ///
  /// @throws io.lexiscope.model.hook.HookException if the place was not recorded
  Tensor of(Run run) {
    return TensorScope.tidy(
        () -> {
          Tensor value = run.activation(at, positions);
          return switch (at.point()) {
            case RESULT -> heads(value);
            case Z -> headsThroughOutput(value, weights(run).attention().out());
            case MLP_POST -> neurons(value, weights(run).mlp().out());
            default -> value;
          };
        });
  }

  private BlockWeights<Tensor> weights(Run run) {
    return run.model().transformer().weights().blocks().get(at.requireLayer());
  }

  private boolean summed() {
    return switch (parts.getFirst()) {
      case Part.SumOfHeads _, Part.SumOfNeurons _ -> true;
      case Part.Whole _, Part.Head _, Part.Neuron _ -> false;
    };
  }

  private Tensor indices() {
    return Tensors.ofLongs(
        parts.stream()
            .flatMap(
                part ->
                    switch (part) {
                      case Part.Whole _ -> java.util.stream.Stream.<Integer>empty();
                      case Part.Head head -> java.util.stream.Stream.of(head.index());
                      case Part.Neuron neuron -> java.util.stream.Stream.of(neuron.index());
                      case Part.SumOfHeads sum -> sum.indices().stream();
                      case Part.SumOfNeurons sum -> sum.indices().stream();
                    })
            .mapToLong(Integer::longValue)
            .toArray());
  }

  /// @param result [pos, head, d_model]
  private Tensor heads(Tensor result) {
    Tensor chosen = result.indexSelect(1, indices());
    return flat(summed() ? chosen.sum(1, /* keepAxis= */ false) : chosen);
  }

  /// @param z [pos, head, d_head]
  /// @param out W_O
  private Tensor headsThroughOutput(Tensor z, Linear<Tensor> out) {
    Tensor chosen = z.indexSelect(1, indices());
    Tensor byHead =
        Linears.rowsAreInputs(out)
            .reshape(z.size(1), z.size(2), -1)
            .indexSelect(0, indices()); // [head, d_head, d_model]
    if (summed()) {
      return chosen
          .reshape(chosen.size(0), -1)
          .matmul(byHead.reshape(chosen.size(1) * chosen.size(2), -1));
    }
    return flat(chosen.transpose(0, 1).matmul(byHead).transpose(0, 1));
  }

  /// @param post [pos, d_mlp]
  /// @param out W_out
  private Tensor neurons(Tensor post, Linear<Tensor> out) {
    Tensor chosen = post.indexSelect(1, indices());
    Tensor values = Linears.rowsOfInputs(out, indices());
    return summed() ? chosen.matmul(values) : flat(chosen.unsqueeze(2).mul(values.unsqueeze(0)));
  }

  private static Tensor flat(Tensor vectors) {
    return vectors.reshape(-1, vectors.size(-1));
  }
}
