package io.lexiscope.analysis.attribution;

import io.lexiscope.model.config.Norm;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import org.jspecify.annotations.Nullable;

/// A linear map from vectors to one number.
///
/// @param vector [d_model], in the innermost scope
record Direction(Tensor vector) {

  /// The number of a vector, [d_model].
  double of(Tensor x) {
    return TensorScope.tidy(() -> vector.mul(x).sum().item());
  }

  /// The number of a vector that may be absent; 0 where it is.
  double ofOptional(@Nullable Tensor x) {
    return x == null ? 0 : of(x);
  }

  /// The map that first sends a vector through a norm without its bias, held at a scale: `d · ((x −
  /// mean x)/scale · gain)`. Centring is symmetric, so it may act on the direction.
  ///
  /// @param scale the divisor, one element
  Direction through(AffineNorm norm, double scale) {
    return new Direction(
        TensorScope.tidy(
            () -> {
              Tensor scaled = vector.mul(norm.gain()).div(scale);
              return switch (norm.kind()) {
                case Norm.LayerNorm _ -> scaled.sub(scaled.mean(-1, /* keepAxis= */ true));
                case Norm.RmsNorm _ -> scaled;
              };
            }));
  }
}
