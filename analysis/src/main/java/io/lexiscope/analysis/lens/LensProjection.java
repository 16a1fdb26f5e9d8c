package io.lexiscope.analysis.lens;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.OutputWeights;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.CentredUnembedding.Space;
import io.lexiscope.model.reading.Projected;
import io.lexiscope.model.reading.VectorReader;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Unembedding;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Takes vectors to what the unembedding reads, by one convention.
///
/// @param convention how
/// @param transformer the network
/// @param reader turns what it projects into words
/// @param finalNorm the norm; null under the raw convention
public record LensProjection(
    LensConvention convention,
    Transformer transformer,
    VectorReader reader,
    @Nullable FinalNorm finalNorm) {

  /// The projection of a model.
  ///
  /// @throws LensException if the model has no unembedding, or lacks what the convention needs
  public static LensProjection of(LanguageModel model, LensConvention convention) {
    Transformer transformer = model.transformer();
    if (!transformer.hasUnembedding()) {
      throw new LensException(
          "lens: expected a model with an unembedding, got family %s without a language head; only its numbers can be read"
              .formatted(model.architecture().family()));
    }
    boolean masked = transformer.weights().output().head() instanceof OutputWeights.Encoder<Tensor>;
    if (masked && convention == LensConvention.FROZEN_SCALE) {
      throw new LensException(
          "lens: expected a head that is linear after the final norm, got the masked-language head of family %s; use another convention"
              .formatted(model.architecture().family()));
    }
    FinalNorm finalNorm = convention == LensConvention.RAW ? null : FinalNorm.of(model);
    return new LensProjection(convention, transformer, model.reader(), finalNorm);
  }

  /// What a run must have recorded besides the vectors.
  public List<HookName> needs() {
    return convention == LensConvention.FROZEN_SCALE && finalNorm != null
        ? List.of(finalNorm.scale())
        : List.of();
  }

  /// Whether readings of components add up to the reading of their sum.
  public boolean isLinear() {
    return convention != LensConvention.FINAL_NORM;
  }

  /// Whether values at a point are read without biases and soft cap.
  boolean linear(HookPoint point) {
    return switch (convention) {
      case FINAL_NORM -> false;
      case RAW, FROZEN_SCALE -> !isStream(point);
    };
  }

  static boolean isStream(HookPoint point) {
    return switch (point) {
      case RESID_PRE, RESID_MID, RESID_POST, LN1_NORMALIZED, LN2_NORMALIZED, FINAL_NORMALIZED ->
          true;
      default -> false;
    };
  }

  /// The map to logits, after [#project].
  ///
  /// @param component whether what is read is added to a stream; if so, a linear convention leaves
  ///   bias and soft cap out
  public Unembedding unembeddingOf(boolean component) {
    Unembedding whole = transformer.unembedding();
    return component && isLinear()
        ? new Unembedding(whole.weight(), /* bias= */ null, OptionalDouble.empty())
        : whole;
  }

  /// The divisors that a run had at some positions, [rows, 1], in the innermost scope; null where
  /// the convention uses none.
  ///
  /// @param positions INT64 \[rows\]
  public @Nullable Tensor scaleAt(Run run, Tensor positions) {
    return convention == LensConvention.FROZEN_SCALE
        ? TensorScope.tidy(() -> required().scaleOf(run, indices(positions)))
        : null;
  }

  private static List<Integer> indices(Tensor positions) {
    return Arrays.stream(positions.toLongs()).mapToObj(Math::toIntExact).toList();
  }

  /// Vectors of a run brought before the unembedding.
  ///
  /// @param vectors [rows, d_model]; not modified
  /// @param positions of the rows, INT64 [rows]
  Projected projected(Run run, HookPoint point, Tensor vectors, Tensor positions) {
    return projected(vectors, scaleAt(run, positions), linear(point));
  }

  /// What the unembedding reads, [rows, width of the unembedding].
  ///
  /// @param vectors [rows, d_model]; not modified
  /// @param scale divisor of each row, [rows, 1], from [#scaleAt]; null for 1
  /// @param component whether what is read is added to a stream; if so, a linear convention leaves
  ///   the norm's bias out
  public Tensor project(Tensor vectors, @Nullable Tensor scale, boolean component) {
    return TensorScope.tidy(
        () ->
            switch (convention) {
              case FINAL_NORM -> transformer.beforeUnembedding(required().norm().apply(vectors));
              case RAW -> projectOut(vectors);
              case FROZEN_SCALE -> {
                AffineNorm norm = required().norm();
                Tensor centred = norm.centred(vectors);
                Tensor normalized = scale == null ? centred : centred.div(scale);
                yield projectOut(component ? normalized.mul(norm.gain()) : norm.affine(normalized));
              }
            });
  }

  /// Vectors brought before the unembedding, with all that a reader has to know of them.
  ///
  /// @param vectors [rows, d_model]; not modified
  /// @param scale divisor of each row, [rows, 1], from [#scaleAt]; null for 1
  /// @param component as in [#project]
  public Projected projected(Tensor vectors, @Nullable Tensor scale, boolean component) {
    Tensor divisor =
        switch (convention) {
          case FINAL_NORM -> required().norm().scale(vectors);
          case RAW, FROZEN_SCALE -> scale;
        };
    return new Projected(
        project(vectors, scale, component),
        unembeddingOf(component),
        space(),
        /* stream= */ !(component && isLinear()),
        divisor == null ? Projected.sizes(vectors) : Projected.sizes(vectors, divisor));
  }

  /// In which rows word scores measure; null where the head is not linear.
  private @Nullable Space space() {
    boolean masked = transformer.weights().output().head() instanceof OutputWeights.Encoder<Tensor>;
    return switch (convention) {
      case RAW -> Space.PLAIN;
      case FINAL_NORM, FROZEN_SCALE -> masked ? null : Space.FOLDED;
    };
  }

  /// The directions in the residual stream whose product with a vector is the logit of a token
  /// before biases and soft cap, [tokens, d_model]; under the frozen scale for a divisor of 1.
  ///
  /// @param tokens ids in the vocabulary
  /// @param baseline what the logits stand above
  /// @throws LensException if the convention is not linear
  public Tensor directions(List<Integer> tokens, Baseline baseline) {
    if (!isLinear()) {
      throw new LensException(
          "lens: expected a convention that is linear in the vector (raw or frozen scale), got the"
              + " final norm with the vector's own scale");
    }
    return reader.unembedding().directions(tokens, baseline, rows());
  }

  /// In which rows the linear conventions read.
  private Space rows() {
    return convention == LensConvention.RAW ? Space.PLAIN : Space.FOLDED;
  }

  private FinalNorm required() {
    return java.util.Objects.requireNonNull(finalNorm, "the convention norms");
  }

  private Tensor projectOut(Tensor vectors) {
    Linear<Tensor> projection = transformer.weights().output().projectOut();
    return projection == null ? vectors : Linears.apply(projection, vectors);
  }
}
