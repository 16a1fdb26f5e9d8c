package io.lexiscope.workbench.score;

import org.jspecify.annotations.Nullable;

/// One token of a scored text.
///
/// @param id index into the vocabulary
/// @param text what the token decodes to
/// @param nats its loss, minus the natural logarithm of its probability; absent for the first,
///   which nothing precedes
public record ScoredToken(int id, String text, @Nullable Double nats) {}
