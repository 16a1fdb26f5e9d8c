package io.lexiscope.analysis.cluster;

/// Two clusters becoming one.
///
/// @param first the smallest member of the one cluster
/// @param second the smallest member of the other
/// @param height their distance
public record Merge(int first, int second, float height) {}
