package io.lexiscope.workbench.events;

/// A number measured on a sample.
///
/// @param value the estimate
/// @param low lower end of its 95 % confidence interval
/// @param high upper end of its 95 % confidence interval
/// @param n size of the sample
public record EstimateView(double value, double low, double high, long n) {}
