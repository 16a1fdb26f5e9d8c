package io.lexiscope.workbench.lens;

import java.util.List;

/// What a set of readings spans.
///
/// @param at the kinds of hook points read, as patterns with `*` for the layer
/// @param layers the layers read, ascending
/// @param positions the positions read, ascending, from 0
/// @param readings how many readings there are
public record LensSpan(
    List<String> at, List<Integer> layers, List<Integer> positions, int readings) {
  /// Copies the lists.
  public LensSpan {
    at = List.copyOf(at);
    layers = List.copyOf(layers);
    positions = List.copyOf(positions);
  }
}
