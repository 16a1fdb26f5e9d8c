package io.lexiscope.analysis.lens;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.family.Linear;
import io.lexiscope.model.family.OutputWeights;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.HookName;
import io.lexiscope.model.hook.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Unembedding;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Takes vectors to what the unembedding reads, by one convention.
///
/// @param convention how
/// @param transformer the network
/// @param finalNorm the norm; null under the raw convention
record LensProjection(
    LensConvention convention, Transformer transformer, @Nullable FinalNorm finalNorm) {

  static LensProjection of(LanguageModel model, LensConvention convention) {
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
    return new LensProjection(convention, transformer, finalNorm);
  }

  /// What a run must have recorded besides the vectors.
  List<HookName> needs() {
    return convention == LensConvention.FROZEN_SCALE && finalNorm != null
        ? List.of(finalNorm.scale())
        : List.of();
  }

  /// Whether values at a point are read without biases and soft cap.
  boolean linear(HookPoint point) {
    return switch (convention) {
      case AFTER_FINAL_NORM -> false;
      case RAW, FROZEN_SCALE -> !isStream(point);
    };
  }

  private static boolean isStream(HookPoint point) {
    return switch (point) {
      case RESID_PRE, RESID_MID, RESID_POST, LN1_NORMALIZED, LN2_NORMALIZED, FINAL_NORMALIZED ->
          true;
      default -> false;
    };
  }

  /// The map to logits for values at a point.
  Unembedding unembedding(HookPoint point) {
    Unembedding whole = transformer.unembedding();
    return linear(point)
        ? new Unembedding(whole.weight(), /* bias= */ null, OptionalDouble.empty())
        : whole;
  }

  /// What the unembedding reads, [rows, width of the unembedding].
  ///
  /// @param vectors [rows, d_model]; not modified
  /// @param positions of the rows, INT64 [rows]
  Tensor apply(Run run, HookPoint point, Tensor vectors, Tensor positions) {
    return TensorScope.tidy(
        () ->
            switch (convention) {
              case AFTER_FINAL_NORM ->
                  transformer.beforeUnembedding(required().norm().apply(vectors));
              case RAW -> projectOut(vectors);
              case FROZEN_SCALE -> {
                AffineNorm norm = required().norm();
                Tensor scale = required().scaleOf(run).indexSelect(0, positions);
                Tensor normalized = norm.centred(vectors).div(scale);
                yield projectOut(
                    linear(point) ? normalized.mul(norm.gain()) : norm.affine(normalized));
              }
            });
  }

  private FinalNorm required() {
    return java.util.Objects.requireNonNull(finalNorm, "the convention norms");
  }

  private Tensor projectOut(Tensor vectors) {
    Linear<Tensor> projection = transformer.weights().output().projectOut();
    return projection == null ? vectors : Linears.apply(projection, vectors);
  }
}
