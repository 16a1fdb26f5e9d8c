package io.lexiscope.model.forward;

import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;

/// A norm with its two hook points. Where neither is recorded or changed the fused kernel is used.
///
/// @param norm the norm
/// @param scale the hook point of the divisor
/// @param normalized the hook point of the value before weight and bias
record NormLayer(AffineNorm norm, HookPoint scale, HookPoint normalized) {

  /// The norm of a block's stream, [batch, pos, d_model].
  Tensor forward(Tensor x, int layer, ActiveHooks hooks) {
    if (!hooks.wants(scale, layer) && !hooks.wants(normalized, layer)) {
      return norm.apply(x);
    }
    Tensor divisor = hooks.at(scale, layer, norm.scale(x));
    Tensor centred = norm.centred(AffineNorm.widened(x));
    return norm.affine(hooks.at(normalized, layer, centred.div(divisor))).to(x.dtype());
  }

  /// The norm of the last stream, [batch, pos, d_model].
  Tensor forward(Tensor x, ActiveHooks hooks) {
    if (!hooks.wants(scale) && !hooks.wants(normalized)) {
      return norm.apply(x);
    }
    Tensor divisor = hooks.at(scale, norm.scale(x));
    Tensor centred = norm.centred(AffineNorm.widened(x));
    return norm.affine(hooks.at(normalized, centred.div(divisor))).to(x.dtype());
  }
}
