package io.lexiscope.analysis.inversion;

/// At which positions of an input its activation is compared with the query's.
public sealed interface MatchedPosition {

  /// At whichever is nearest, as published; end and padding tokens are left out, the first token is
  /// not.
  record Any() implements MatchedPosition {}

  /// At the position that plays the same part, counted from the first token.
  ///
  /// @param index from 0
  record FromStart(int index) implements MatchedPosition {}

  /// At the position that plays the same part, counted from the last token.
  ///
  /// @param index −1 for the last
  record FromEnd(int index) implements MatchedPosition {}
}
