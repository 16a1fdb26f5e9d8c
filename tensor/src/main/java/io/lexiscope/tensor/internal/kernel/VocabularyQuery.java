package io.lexiscope.tensor.internal.kernel;

import java.util.List;

/// What to read of each row of logits.
///
/// @param bias address of the biases of the vocabulary, floats, or 0
/// @param cap `c` of `c·tanh(logit/c)`, or 0 for none
/// @param top how many of the largest logits
/// @param bottom how many of the smallest
/// @param targets entries whose logit and rank are wanted
public record VocabularyQuery(long bias, float cap, int top, int bottom, List<Integer> targets) {
  /// Copies the list.
  public VocabularyQuery {
    targets = List.copyOf(targets);
  }
}
