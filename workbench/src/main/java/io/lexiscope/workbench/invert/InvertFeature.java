package io.lexiscope.workbench.invert;

import io.lexiscope.base.Estimate;
import org.jspecify.annotations.Nullable;

/// How far the set shares a feature with the query.
///
/// @param name of the feature
/// @param value that the query has
/// @param consistency share of the set with it
/// @param interval of Wilson around it
/// @param baseRate share of all inputs with it
/// @param lift consistency by base rate
/// @param read whether the set shares it and not because nearly all inputs do
/// @param explained share of the variance over inputs that goes with the mean activation of inputs
///   with equal value, on inputs held out; absent where it was not asked for
public record InvertFeature(
    String name,
    String value,
    double consistency,
    Estimate interval,
    double baseRate,
    double lift,
    boolean read,
    @Nullable Double explained) {}
