package io.lexiscope.workbench.ask;

/// A measured quality with its 95 % interval.
///
/// @param value a share from 0 to 1, or a coefficient of determination
/// @param low lower end of the interval
/// @param high upper end of the interval
/// @param n how many questions it rests on
public record MetricView(double value, double low, double high, int n) {}
