package io.lexiscope.analysis.lens;

import io.lexiscope.model.place.Position;

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
    int resolved = Position.from0(index, count);
    if (resolved < 0 || resolved >= count) {
      throw new LensException(
          "lens: expected a %s from %d to %d, got %d".formatted(kind, -count, count - 1, index));
    }
    return resolved;
  }
}
