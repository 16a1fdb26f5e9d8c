package io.lexiscope.analysis.lens;

/// A chosen word of a vocabulary reading with its rank.
///
/// @param id index into the vocabulary
/// @param text what the token decodes to
/// @param probability softmax probability over the whole vocabulary, 0 to 1
/// @param logit the score before the softmax
/// @param rank 1 for the highest logit; equal logits rank by lower id
public record TargetReading(int id, String text, double probability, double logit, int rank) {}
