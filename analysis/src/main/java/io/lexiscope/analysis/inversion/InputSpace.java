package io.lexiscope.analysis.inversion;

import io.lexiscope.model.tokenizer.TokenIds;

/// Inputs to look for members among, by number. May be shared between threads.
public sealed interface InputSpace permits ProductSpace, ListedSpace {

  /// How many there are.
  int size();

  /// One of them; the same every time.
  ///
  /// @param index from 0
  TokenIds input(int index);

  /// How many inputs, from a multiple of this number on, have most of their first tokens in common:
  /// they run as one batch.
  int block();

  /// Whether these are all inputs there are, and not some of them.
  boolean isWhole();
}
