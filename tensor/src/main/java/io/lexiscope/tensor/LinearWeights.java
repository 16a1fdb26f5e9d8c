package io.lexiscope.tensor;

import org.jspecify.annotations.Nullable;

/// What one of several linear maps of the same rows multiplies with.
///
/// @param weight [d_out, d_in] or [d_in, d_out], as the call says
/// @param bias \[d_out\], or null for none
public record LinearWeights(Tensor weight, @Nullable Tensor bias) {}
