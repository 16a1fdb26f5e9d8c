package io.lexiscope.workbench.values;

/// A value on a circle.
///
/// @param period how much of the value goes round once
/// @param free whether it was chosen among many
/// @param explained share of the variance of cosine and sine that a ridge regression explains
public record TracedCircle(double period, boolean free, double explained) {}
