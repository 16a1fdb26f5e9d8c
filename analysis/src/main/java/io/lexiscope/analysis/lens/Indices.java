package io.lexiscope.analysis.lens;

/// Indices that may count from the end.
final class Indices {
  private Indices() {}

  /// The index from 0.
  ///
  /// @param kind what is counted, for the message
  /// @param index from 0, or negative from the end
  /// @param count how many there are
  /// @throws LensException if there is no such entry
  static int require(String kind, int index, int count) {
    int resolved = index < 0 ? index + count : index;
    if (resolved < 0 || resolved >= count) {
      throw new LensException(
          "lens: expected a %s from %d to %d, got %d".formatted(kind, -count, count - 1, index));
    }
    return resolved;
  }
}
