package io.lexiscope.analysis.exit;

import java.util.List;

/// An example remembered at one layer.
///
/// @param saturation the layer it saturated at, this one or a later
/// @param clusters of its dominant sub-updates here, most dominant first
public record ExitMemoryExample(int saturation, List<Integer> clusters) {
  /// Copies the list.
  public ExitMemoryExample {
    clusters = List.copyOf(clusters);
  }
}
