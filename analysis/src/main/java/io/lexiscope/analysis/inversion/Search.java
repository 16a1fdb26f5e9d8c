package io.lexiscope.analysis.inversion;

import java.util.Set;

/// Where and how inputs are compared with a query.
///
/// @param where at which positions
/// @param metric how far apart
/// @param leftOut tokens at which nothing is compared: end and padding
public record Search(MatchedPosition where, ActivationMetric metric, Set<Integer> leftOut) {
  /// Copies the set.
  public Search {
    leftOut = Set.copyOf(leftOut);
  }
}
