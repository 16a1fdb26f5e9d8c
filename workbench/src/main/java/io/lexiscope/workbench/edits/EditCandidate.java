package io.lexiscope.workbench.edits;

import org.jspecify.annotations.Nullable;

/// An edit that was tried at one layer.
///
/// @param layer from 0
/// @param step at which the target was first said; absent for methods without one
/// @param success whether the target is said
/// @param damage by how much the perplexity of the default text grew, as a share
public record EditCandidate(int layer, @Nullable Double step, boolean success, double damage) {}
