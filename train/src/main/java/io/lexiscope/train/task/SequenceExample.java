package io.lexiscope.train.task;

/// An example for a causal model: predict each token from the ones before it.
///
/// @param text the whole example
/// @param tokens its tokens, without padding
/// @param lossFrom first position whose token counts in the loss (as a target)
/// @param lossTo end (exclusive) of the positions that count
public record SequenceExample(String text, TokenRow tokens, int lossFrom, int lossTo)
    implements Example {
  public SequenceExample {
    if (lossFrom < 1 || lossTo <= lossFrom || lossTo > tokens.size()) {
      throw new IllegalArgumentException(
          "SequenceExample: expected 1 <= lossFrom < lossTo <= %d, got %d and %d in %s"
              .formatted(tokens.size(), lossFrom, lossTo, text));
    }
  }

  /// Says whether predicting the token at this position counts in the loss. Position 0 is never
  /// predicted.
  public boolean counts(int position) {
    return position >= lossFrom && position < lossTo;
  }
}
