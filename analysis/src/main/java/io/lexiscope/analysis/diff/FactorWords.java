package io.lexiscope.analysis.diff;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.reading.KeyWords;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of factors' sides. A side that is no vector of the stream is taken to it by the matrix
/// beside it.
final class FactorWords {
  private final LanguageModel model;
  private final ReadingRequest request;

  /// @param model whose weights say what the sides mean
  FactorWords(LanguageModel model, int top) {
    this.model = model;
    this.request = ReadingRequest.words(top, /* bottom= */ 1);
  }

  /// @param imprint what triggers it
  /// @param shift what it says, or null
  record Sides(List<TokenReading> imprint, @Nullable List<TokenReading> shift) {}

  /// Reads factors of a matrix, each the way round in which its words stand out more.
  ///
  /// @param left inputs' sides, [factors, d_in]
  /// @param right outputs' sides, [factors, d_out]
  List<Sides> read(MatrixName name, Tensor left, Tensor right) {
    return TensorScope.tidy(
        () -> {
          Tensor trigger = trigger(name, left);
          List<VectorReading> imprints = imprints(name, both(trigger));
          Tensor said = said(name, right);
          List<VectorReading> shifts =
              said == null ? null : model.reader().read(both(said), request);
          int count = Math.toIntExact(left.size(0));
          List<Sides> sides = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            List<VectorReading> decides = shifts == null ? imprints : shifts;
            int at = best(decides.get(i)) >= best(decides.get(count + i)) ? i : count + i;
            sides.add(
                new Sides(imprints.get(at).top(), shifts == null ? null : shifts.get(at).top()));
          }
          return sides;
        });
  }

  private static Tensor both(Tensor rows) {
    return Tensors.cat(List.of(rows, rows.mul(-1)), 0);
  }

  private static double best(VectorReading reading) {
    return reading.top().stream()
        .mapToDouble(word -> word.z() == null ? word.logit() : word.z())
        .max()
        .orElse(0);
  }

  private List<VectorReading> imprints(MatrixName name, Tensor directions) {
    KeyWords.Part part =
        switch (name.kind()) {
          case W_Q, W_K, W_V, W_O -> KeyWords.Part.ATTENTION;
          case W_GATE, W_IN, W_OUT -> KeyWords.Part.MLP;
        };
    return KeyWords.read(
        model.transformer(),
        model.keyReader(),
        new KeyWords.Place(name.layer(), part),
        directions,
        request);
  }

  /// The inputs' sides as directions of what the part reads, [factors, d_model].
  private Tensor trigger(MatrixName name, Tensor left) {
    return switch (name.kind()) {
      case W_Q, W_K, W_V, W_GATE, W_IN -> left;
      case W_O -> shared(left).matmul(matrix(name, MatrixKind.W_V).transpose(0, 1));
      case W_OUT -> {
        MatrixKind reads =
            MatrixKind.W_GATE.existsIn(model.architecture()) ? MatrixKind.W_GATE : MatrixKind.W_IN;
        yield left.matmul(matrix(name, reads).transpose(0, 1));
      }
    };
  }

  /// The outputs' sides as vectors of the stream, [factors, d_model]; null where none is written.
  private @Nullable Tensor said(MatrixName name, Tensor right) {
    return switch (name.kind()) {
      case W_O, W_OUT -> right;
      case W_GATE, W_IN -> right.matmul(matrix(name, MatrixKind.W_OUT));
      case W_V -> repeated(right).matmul(matrix(name, MatrixKind.W_O));
      case W_Q, W_K -> null;
    };
  }

  private Tensor matrix(MatrixName name, MatrixKind kind) {
    return Linears.matrix(
        model.transformer().weights().matrix(kind.at(name.layer()), model.architecture()));
  }

  /// Values of each group, for every head of it: [factors, kv · d_head] → [factors, head · d_head].
  private Tensor repeated(Tensor values) {
    Attention.Heads heads = model.architecture().block().attention().heads();
    int d = heads.dHead();
    int group = heads.queryWidth() / heads.keyWidth();
    if (group == 1) {
      return values;
    }
    long count = values.size(0);
    Tensor apart = values.reshape(count, heads.keyWidth() / d, 1, d);
    List<Tensor> copies = new ArrayList<>();
    for (int i = 0; i < group; i++) {
      copies.add(apart);
    }
    return Tensors.cat(copies, 2).reshape(count, heads.queryWidth());
  }

  /// What all heads of a group ask of its values: the other way round.
  private Tensor shared(Tensor results) {
    Attention.Heads heads = model.architecture().block().attention().heads();
    int d = heads.dHead();
    int group = heads.queryWidth() / heads.keyWidth();
    return group == 1
        ? results
        : results
            .reshape(results.size(0), heads.keyWidth() / d, group, d)
            .sum(2, /* keepAxis= */ false)
            .reshape(results.size(0), heads.keyWidth());
  }
}
