package io.lexiscope.workbench.invert;

/// Two features together.
///
/// @param features their names, `×` between
/// @param share of the variance over inputs that they explain (η²)
public record InvertPair(String features, double share) {}
