package io.lexiscope.workbench.job;

import org.jspecify.annotations.Nullable;

/// How far a job is.
///
/// @param done units done
/// @param total units in all; absent when unknown
/// @param unit what is counted, in the plural, such as `tokens`
/// @param etaSeconds estimated seconds left; absent when unknown
public record Progress(long done, @Nullable Long total, String unit, @Nullable Double etaSeconds) {}
