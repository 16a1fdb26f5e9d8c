package io.lexiscope.model.forward;

import io.lexiscope.model.config.Norm;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import org.jspecify.annotations.Nullable;

/// A norm and its parameters.
///
/// @param kind which norm
/// @param weights gain and shift, \[d_model\] each, float32
public record AffineNorm(Norm kind, NormWeights<Tensor> weights) {

  static @Nullable AffineNorm of(@Nullable Norm kind, @Nullable NormWeights<Tensor> weights) {
    return kind == null || weights == null ? null : new AffineNorm(kind, weights);
  }

  /// The norm of `x` over its last axis, in the type of `x`; its statistics in float32 at least.
  public Tensor apply(Tensor x) {
    if (x.dtype() == DType.BFLOAT16 && kind instanceof Norm.RmsNorm norm) {
      return TensorScope.tidy(() -> rounded(x, norm));
    }
    return switch (kind) {
      case Norm.LayerNorm norm -> Nn.layerNorm(x, weights.weight(), weights.bias(), norm.epsilon());
      case Norm.RmsNorm norm -> TensorScope.tidy(() -> Nn.rmsNorm(x, gain(), norm.epsilon()));
    };
  }

  /// As the reference rounds: before the gain, or after it where the gain is stored as a distance
  /// from one.
  private Tensor rounded(Tensor x, Norm.RmsNorm norm) {
    Tensor normalized = Nn.rmsNorm(x.to(DType.FLOAT32), /* weight= */ null, norm.epsilon());
    Tensor factor = norm.unitOffset() ? normalized : normalized.to(x.dtype());
    return factor.mul(gain()).to(x.dtype());
  }

  /// The divisor: √(var+ε), or √(mean x²+ε); [..., 1].
  public Tensor scale(Tensor x) {
    return TensorScope.tidy(
        () -> {
          Tensor centred = centred(widened(x));
          return centred.mul(centred).mean(-1, /* keepAxis= */ true).add(kind.epsilon()).sqrt();
        });
  }

  /// `x` without its mean for a layer norm; `x` itself for an RMS norm.
  public Tensor centred(Tensor x) {
    return switch (kind) {
      case Norm.LayerNorm _ -> x.sub(x.mean(-1, /* keepAxis= */ true));
      case Norm.RmsNorm _ -> x;
    };
  }

  /// `x` in float32 at least.
  static Tensor widened(Tensor x) {
    return x.dtype() == DType.BFLOAT16 ? x.to(DType.FLOAT32) : x;
  }

  /// `normalized · gain + bias`.
  public Tensor affine(Tensor normalized) {
    return TensorScope.tidy(
        () -> {
          Tensor scaled = normalized.mul(gain());
          return weights.bias() == null ? scaled : scaled.add(weights.bias());
        });
  }

  /// The factor on the normalised value: the stored weight, plus one where the family stores the
  /// distance from one.
  public Tensor gain() {
    return kind instanceof Norm.RmsNorm norm && norm.unitOffset()
        ? weights.weight().add(1)
        : weights.weight();
  }
}
