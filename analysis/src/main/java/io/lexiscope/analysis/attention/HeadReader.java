package io.lexiscope.analysis.attention;

import io.lexiscope.analysis.lens.VectorLens;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Reads what heads do at positions of a run: the words they add, what that pushes, where they look
/// and what they take from there.
///
/// ```
/// var heads = HeadReader.of(model);
/// try (Run run = model.run(prompt, heads.recording())) {
///   heads.read(run, question).getFirst().push(); // +3.21 logits on " Mary"
/// }
/// ```
///
/// Positions are ranked by what is moved from them, weight times length, so that a head that rests
/// on the first position, where there is nothing to take, does not list it first.
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, §3</a>
public final class HeadReader {
  private final LanguageModel model;

  private HeadReader(LanguageModel model) {
    this.model = model;
  }

  /// A reader of a model's heads.
  ///
  /// @throws AttentionException if norms lie inside the residual stream, so that a push is not
  ///   defined (BERT, OPT-350m)
  public static HeadReader of(LanguageModel model) {
    StreamWriters.requireSums(model);
    return new HeadReader(model);
  }

  /// What a run must record.
  public Recording recording() {
    return HeadLayer.recording(model).and(Recording.of(TargetDirection.places(model)));
  }

  /// Reads heads, by layer, head, then position.
  ///
  /// @throws AttentionException if a head does not exist
  /// @throws io.lexiscope.model.hook.HookException if the run did not record what [#recording] says
  public List<HeadReading> read(Run run, HeadQuestion question) {
    List<HeadReading> readings = new ArrayList<>();
    for (int layer = 0; layer < model.architecture().layers(); layer++) {
      int at = layer;
      HeadLayer heads = HeadLayer.of(run, at);
      List<Integer> chosen =
          question.heads().isEmpty()
              ? IntStream.range(0, heads.heads().heads()).boxed().toList()
              : question.heads().stream()
                  .filter(name -> name.layer() == at)
                  .map(HeadName::head)
                  .toList();
      chosen.forEach(heads::requireHead);
      if (!chosen.isEmpty()) {
        TensorScope.tidyRun(() -> readings.addAll(layer(run, heads, chosen, question)));
      }
    }
    return readings;
  }

  private List<HeadReading> layer(
      Run run, HeadLayer heads, List<Integer> chosen, HeadQuestion question) {
    List<Integer> positions = question.positions();
    Tensor outputs =
        heads.outputs(positions).indexSelect(1, HeadLayer.longs(chosen)).transpose(0, 1);
    Tensor flat = outputs.reshape((long) chosen.size() * positions.size(), outputs.size(2));
    int words = question.counts().words();
    VectorLens reader = VectorLens.of(model);
    List<VectorReading> read =
        reader.read(
            flat, ReadingRequest.words(words, words).andTargets(List.of(question.target())));
    List<Moved> moved = new ArrayList<>();
    for (int position : positions) {
      Tensor direction =
          new TargetDirection(model, question.target(), question.against()).at(run, position);
      for (int head : chosen) {
        moved.add(Moved.of(heads, head, position, direction, question.counts().attends()));
      }
    }
    List<VectorReading> values =
        reader.read(
            Tensors.cat(moved.stream().map(Moved::values).toList(), 0),
            ReadingRequest.words(words, 0));
    List<HeadReading> readings = new ArrayList<>();
    for (int h = 0; h < chosen.size(); h++) {
      for (int p = 0; p < positions.size(); p++) {
        int index = p * chosen.size() + h;
        int first = moved.subList(0, index).stream().mapToInt(one -> one.listed().size()).sum();
        VectorReading whole = read.get(h * positions.size() + p);
        readings.add(
            reading(
                new HeadName(heads.layer(), chosen.get(h)),
                positions.get(p),
                whole,
                moved.get(index),
                values.subList(first, first + moved.get(index).listed().size())));
      }
    }
    return readings;
  }

  private static HeadReading reading(
      HeadName name, int position, VectorReading whole, Moved moved, List<VectorReading> values) {
    List<Attended> attends = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Attended one = moved.listed().get(i);
      attends.add(
          new Attended(one.position(), one.weight(), one.norm(), one.push(), values.get(i).top()));
    }
    return new HeadReading(
        name.layer(),
        name.head(),
        position,
        whole.norm(),
        moved.push(),
        whole.entropy() / Math.log(2),
        whole.top(),
        whole.bottom(),
        whole.targets().getFirst(),
        attends,
        moved.others());
  }

  /// What one head moves to one position.
  ///
  /// @param listed the positions listed, by what is moved from them, without their words
  /// @param values what is moved from those, [listed, d_model]
  private record Moved(List<Attended> listed, Tensor values, OtherPositions others, double push) {
    static Moved of(HeadLayer heads, int head, int position, Tensor direction, int count) {
      Tensor memory = heads.memory(head, position);
      float[] weights = heads.pattern(List.of(position)).select(0, head).toFloats();
      float[] norms = memory.norm(-1, /* keepAxis= */ false).toFloats();
      float[] pushes = memory.matmul(direction).toFloats();
      List<Integer> order =
          IntStream.range(0, norms.length)
              .boxed()
              .filter(key -> weights[key] > 0)
              .sorted(Comparator.comparingDouble((Integer key) -> -norms[key]))
              .toList();
      List<Integer> from = order.subList(0, Math.min(count, order.size()));
      List<Integer> rest = order.subList(from.size(), order.size());
      Tensor values = memory.indexSelect(0, HeadLayer.longs(from));
      double norm =
          rest.isEmpty()
              ? 0
              : memory
                  .indexSelect(0, HeadLayer.longs(rest))
                  .sum(0, /* keepAxis= */ false)
                  .norm(-1, /* keepAxis= */ false)
                  .item();
      return new Moved(
          from.stream()
              .map(key -> new Attended(key, weights[key], norms[key], pushes[key], List.of()))
              .toList(),
          values,
          new OtherPositions(
              rest.size(),
              rest.stream().mapToDouble(key -> weights[key]).sum(),
              norm,
              rest.stream().mapToDouble(key -> pushes[key]).sum()),
          IntStream.range(0, pushes.length).mapToDouble(key -> pushes[key]).sum());
    }
  }
}
