package io.lexiscope.model.reading;

import org.jspecify.annotations.Nullable;

/// A chosen word of a vocabulary reading with its rank.
///
/// @param id index into the vocabulary
/// @param text what the token decodes to
/// @param probability softmax probability over the whole vocabulary, 0 to 1
/// @param logit the score before the softmax; less the mean over the vocabulary where the reading's
///   baseline is the mean
/// @param rank 1 for the highest logit among all words; equal logits rank by lower id
/// @param z the word score, as in [TokenReading]; absent likewise
public record TargetReading(
    int id, String text, double probability, double logit, int rank, @Nullable Double z) {

  /// A word of which no more is known.
  public TargetReading(int id, String text, double probability, double logit, int rank) {
    this(id, text, probability, logit, rank, /* z= */ null);
  }
}
