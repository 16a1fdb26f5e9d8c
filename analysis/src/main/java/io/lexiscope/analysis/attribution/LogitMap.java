package io.lexiscope.analysis.attribution;

import io.lexiscope.analysis.attribution.Attribution.Subject;
import io.lexiscope.analysis.lens.FinalNorm;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.model.reading.CentredUnembedding.Space;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
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

  /// The map to the subject's logit, or to the difference of two.
  static LogitMap of(Run run, Subject subject, LensConvention convention) {
    CentredUnembedding unembedding = run.model().reader().unembedding();
    Tensor bias = run.model().transformer().unembedding().bias();
    Integer against = subject.against();
    List<Integer> ids =
        against == null ? List.of(subject.target()) : List.of(subject.target(), against);
    Tensor rows = unembedding.directions(ids, subject.baseline(), Space.PLAIN);
    Tensor row = against == null ? rows.select(0, 0) : rows.select(0, 0).sub(rows.select(0, 1));
    double offBias =
        against == null && subject.baseline() == Baseline.MEAN ? unembedding.meanBias() : 0;
    return of(
        run,
        subject,
        convention,
        row,
        bias == null ? null : TensorScope.tidy(() -> minus(bias, subject).item()) - offBias);
  }

  /// The map to the mean logit over the vocabulary.
  static LogitMap ofMean(Run run, Subject subject, LensConvention convention) {
    CentredUnembedding unembedding = run.model().reader().unembedding();
    boolean biased = run.model().transformer().unembedding().bias() != null;
    return of(
        run,
        subject,
        convention,
        unembedding.meanDirection(Space.PLAIN),
        biased ? Double.valueOf(unembedding.meanBias()) : null);
  }

  private static LogitMap of(
      Run run, Subject subject, LensConvention convention, Tensor row, @Nullable Double bias) {
    Direction word = new Direction(row);
    Tensor stream = run.activation(subject.at(), subject.position());
    boolean isLast =
        convention != LensConvention.RAW
            && subject
                .at()
                .equals(HookPoint.RESID_POST.at(run.model().architecture().layers() - 1));
    Ends ends =
        new Ends(
            stream, isLast ? run.last().select(0, 0).select(0, subject.position()) : null, bias);
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

  /// The target's number minus the other's.
  private static Tensor minus(Tensor bias, Subject subject) {
    Tensor target = bias.select(0, subject.target()).to(DType.FLOAT32);
    Integer against = subject.against();
    return against == null ? target.copy() : target.sub(bias.select(0, against).to(DType.FLOAT32));
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
