package io.lexiscope.analysis.attention;

/// What a head moves from positions that are not listed.
///
/// @param positions how many
/// @param weight of the attention to them together
/// @param norm length of the sum of what is moved from them
/// @param push what that adds to the target's logit
public record OtherPositions(int positions, double weight, double norm, double push) {}
