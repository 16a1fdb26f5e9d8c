package io.lexiscope.analysis.gradient;

import org.jspecify.annotations.Nullable;

/// What a step of gradient descent does to the loss.
///
/// @param matrices what is updated: `all` of those asked for, or one by its name
/// @param step η of `W − η·∂loss/∂W`
/// @param predicted change of the loss to first order, `−η·Σ‖∂loss/∂W‖²`
/// @param measured change of the loss through the updated model; null where it was not taken
public record UpdateEffect(
    String matrices, double step, double predicted, @Nullable Double measured) {}
