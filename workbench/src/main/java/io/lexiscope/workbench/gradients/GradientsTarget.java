package io.lexiscope.workbench.gradients;

import org.jspecify.annotations.Nullable;

/// What a gradient moves towards.
///
/// @param target what should come, a word or several tokens, or `#` and a token id; what the model
///   says when absent. Several tokens are teacher-forced after the prompt
/// @param against a foil: then the loss is how much its logit leads before the target's
/// @param position where the loss is taken, from 0, negatives from the end; the last when absent
/// @param subject what the prompt is about, a part of its text; norms by segment follow it
public record GradientsTarget(
    @Nullable String target,
    @Nullable String against,
    @Nullable Integer position,
    @Nullable String subject) {}
