package io.lexiscope.model.forward;

import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;

/// A norm with its two hook points. The fused kernel is used unless the normalized value is asked
/// for or the divisor is changed: recording the divisor changes no number.
///
/// @param norm the norm
/// @param scale the hook point of the divisor
/// @param normalized the hook point of the value before weight and bias
record NormLayer(AffineNorm norm, HookPoint scale, HookPoint normalized) {

  /// The norm of a block's stream, [batch, pos, d_model].
  Tensor forward(Tensor x, int layer, ActiveHooks hooks) {
    boolean divides = hooks.changes(scale, layer) || hooks.wants(normalized, layer);
    if (!divides && !hooks.wants(scale, layer)) {
      return norm.apply(x);
    }
    Tensor divisor = hooks.at(scale, layer, norm.scale(x));
    if (!divides) {
      return norm.apply(x);
    }
    Tensor centred = norm.centred(AffineNorm.widened(x));
    return norm.affine(hooks.at(normalized, layer, centred.div(divisor))).to(x.dtype());
  }

  /// The norm of the last stream, [batch, pos, d_model].
  Tensor forward(Tensor x, ActiveHooks hooks) {
    boolean divides = hooks.changes(scale) || hooks.wants(normalized);
    if (!divides && !hooks.wants(scale)) {
      return norm.apply(x);
    }
    Tensor divisor = hooks.at(scale, norm.scale(x));
    if (!divides) {
      return norm.apply(x);
    }
    Tensor centred = norm.centred(AffineNorm.widened(x));
    return norm.affine(hooks.at(normalized, centred.div(divisor))).to(x.dtype());
  }
}
