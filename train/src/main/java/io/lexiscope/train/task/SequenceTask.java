package io.lexiscope.train.task;

/// A task whose examples are short token sequences over a fixed small alphabet.
public non-sealed interface SequenceTask extends Task {
  /// Returns the vocabulary in id order.
  Alphabet alphabet();

  /// Returns the number of tokens of the longest example; shorter ones are padded to the right.
  int maximumLength();

  /// Returns one example; the same arguments always give the same example.
  ///
  /// @param split which side of the content split
  /// @param index any number ≥ 0; consecutive indices are independent draws
  Example example(Split split, long index);
}
