package io.lexiscope.workbench.job;

import org.jspecify.annotations.Nullable;

/// One token of a continuation.
///
/// @param id index into the vocabulary
/// @param text what it adds to the text; empty while a character is incomplete
/// @param probability its probability when it was chosen, 0 to 1, before temperature and truncation
/// @param exitLayer the last layer that ran for it, from 0; absent when no rule for early exit was
///   in force
/// @param special whether it stands for something other than text; absent when not
public record GeneratedToken(
    int id,
    String text,
    double probability,
    @Nullable Integer exitLayer,
    @Nullable Boolean special) {}
