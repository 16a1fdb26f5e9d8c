package io.lexiscope.workbench.values;

import org.jspecify.annotations.Nullable;

/// Means over prompts at one wanted value.
///
/// @param multiplier by which the published formula multiplies the score, its median
/// @param score that stands for the value
/// @param output answered when the score is moved there
/// @param value wanted
/// @param inside whether prompts have such values
/// @param published answered by the published formula, which does not take off the mean
/// @param random answered when moved as far along a random direction
/// @param rewritten answered when the number stands in the prompt; absent where no prompt can have
///   it
public record DoseView(
    double multiplier,
    double score,
    double output,
    double value,
    boolean inside,
    double published,
    double random,
    @Nullable Double rewritten) {}
