package io.lexiscope.analysis.cluster;

/// How far two clusters are apart.
///
/// Both are reducible: merging the nearest pair never brings another pair closer than it was, which
/// is what the nearest-neighbour chain needs.
public enum Linkage {
  /// The largest distance between a member of the one and a member of the other.
  COMPLETE,
  /// The mean distance over all such pairs.
  AVERAGE;

  /// The distance of a merged cluster to a third one (Lance and Williams 1967).
  ///
  /// @param toFirst distance of the third to the one part
  /// @param toSecond distance of the third to the other part
  /// @param first members of the one part
  /// @param second members of the other part
  float merged(float toFirst, float toSecond, int first, int second) {
    return switch (this) {
      case COMPLETE -> Math.max(toFirst, toSecond);
      case AVERAGE ->
          (float) (((double) first * toFirst + (double) second * toSecond) / (first + second));
    };
  }
}
