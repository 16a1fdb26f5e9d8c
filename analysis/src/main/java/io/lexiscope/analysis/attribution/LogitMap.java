package io.lexiscope.analysis.attribution;

import io.lexiscope.analysis.attribution.Attribution.Subject;
import io.lexiscope.analysis.lens.FinalNorm;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Unembedding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The affine map from the stream at one place to one logit, or to the difference of two, before
/// any soft cap.
///
/// @param word the map from a vector after the final norm
/// @param direction the map from the stream
/// @param norm what lies between, or null
/// @param scale its divisor; 1 where there is none
/// @param ends the stream at the one end and the bias at the other
record LogitMap(
    Direction word, Direction direction, @Nullable AffineNorm norm, double scale, Ends ends) {

  /// The two ends of the map.
  ///
  /// @param stream the stream at the place, [d_model]
  /// @param last the stream after the final norm as the run had it, where the place is the last
  /// @param unembeddingBias what the unembedding adds, or null where it has no bias
  record Ends(Tensor stream, @Nullable Tensor last, @Nullable Double unembeddingBias) {}

  static LogitMap of(Run run, Subject subject, LensConvention convention) {
    Unembedding unembedding = run.model().transformer().unembedding();
    Tensor row = minus(unembedding.weight(), subject);
    Linear<Tensor> projection = run.model().transformer().weights().output().projectOut();
    Direction word =
        new Direction(projection == null ? row : Linears.rowsAreInputs(projection).matmul(row));
    Tensor stream = run.activation(subject.at(), subject.position());
    boolean isLast =
        convention != LensConvention.RAW
            && subject
                .at()
                .equals(HookPoint.RESID_POST.at(run.model().architecture().layers() - 1));
    Tensor bias = unembedding.bias();
    Ends ends =
        new Ends(
            stream,
            isLast ? run.last().select(0, 0).select(0, subject.position()) : null,
            bias == null ? null : TensorScope.tidy(() -> minus(bias, subject).item()));
    if (convention == LensConvention.RAW) {
      return new LogitMap(word, word, /* norm= */ null, /* scale= */ 1, ends);
    }
    FinalNorm norm = FinalNorm.of(run.model());
    double scale =
        TensorScope.tidy(
            () ->
                convention == LensConvention.FROZEN_SCALE
                    ? norm.scaleOf(run, List.of(subject.position())).item()
                    : norm.norm().scale(stream).item());
    return new LogitMap(word, word.through(norm.norm(), scale), norm.norm(), scale, ends);
  }

  /// The target's row minus the other's.
  private static Tensor minus(Tensor rows, Subject subject) {
    return TensorScope.tidy(
        () -> {
          Tensor target = rows.select(0, subject.target()).to(DType.FLOAT32);
          Integer against = subject.against();
          return against == null
              ? target.copy()
              : target.sub(rows.select(0, against).to(DType.FLOAT32));
        });
  }

  /// What is added whatever the stream is.
  List<Contribution> biases() {
    List<Contribution> biases = new ArrayList<>();
    if (norm != null && norm.weights().bias() != null) {
      biases.add(new Contribution(new Component.FinalNormBias(), word.of(norm.weights().bias())));
    }
    if (ends.unembeddingBias() != null) {
      biases.add(new Contribution(new Component.UnembeddingBias(), ends.unembeddingBias()));
    }
    return biases;
  }

  /// The logit, from the stream itself; after the last block from what the run's own final norm
  /// gave.
  double logit() {
    double offset = ends.unembeddingBias() == null ? 0 : ends.unembeddingBias();
    return offset
        + TensorScope.tidy(
            () -> {
              if (ends.last() != null) {
                return word.of(ends.last());
              }
              return norm == null
                  ? word.of(ends.stream())
                  : word.of(norm.affine(norm.centred(ends.stream()).div(scale)));
            });
  }
}
