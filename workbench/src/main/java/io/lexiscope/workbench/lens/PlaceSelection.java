package io.lexiscope.workbench.lens;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which places to read.
///
/// @param at hook points by name, `*` for every layer; the residual stream after every block when
///   absent
/// @param layers only these layers, from 0, negatives from the end
/// @param positions only these positions, from 0, negatives from the end
/// @param heads these heads one by one, from 0; for hook points with an axis of heads, all when
///   absent
/// @param neurons these neurons one by one, from 0; for hook points with an axis of neurons, where
///   it is required
public record PlaceSelection(
    @Nullable List<String> at,
    @Nullable List<Integer> layers,
    @Nullable List<Integer> positions,
    @Nullable List<Integer> heads,
    @Nullable List<Integer> neurons) {
  /// Copies the lists.
  public PlaceSelection {
    at = at == null ? null : List.copyOf(at);
    layers = layers == null ? null : List.copyOf(layers);
    positions = positions == null ? null : List.copyOf(positions);
    heads = heads == null ? null : List.copyOf(heads);
    neurons = neurons == null ? null : List.copyOf(neurons);
  }

  /// The residual stream after every block at every position.
  public static PlaceSelection everything() {
    return new PlaceSelection(null, null, null, null, null);
  }

  /// The given hook points in every layer and at every position.
  public static PlaceSelection at(List<String> at) {
    return new PlaceSelection(at, null, null, null, null);
  }
}
