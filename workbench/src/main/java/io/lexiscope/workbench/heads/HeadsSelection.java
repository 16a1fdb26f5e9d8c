package io.lexiscope.workbench.heads;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which heads to read.
///
/// @param heads only these, such as `L4H6`; all when absent. One alone brings its card along
/// @param layers only these layers, from 0, negatives from the end; all when absent
/// @param positions at these positions, from 0, negatives from the end; the last when absent
/// @param key of the card: why the head looks at this position, from 0, negatives from the end;
///   that from which it moves most when absent
public record HeadsSelection(
    @Nullable List<String> heads,
    @Nullable List<Integer> layers,
    @Nullable List<Integer> positions,
    @Nullable Integer key) {
  /// Copies the lists.
  public HeadsSelection {
    heads = heads == null ? null : List.copyOf(heads);
    layers = layers == null ? null : List.copyOf(layers);
    positions = positions == null ? null : List.copyOf(positions);
  }

  /// Every head at the last position.
  public static HeadsSelection standard() {
    return new HeadsSelection(null, null, null, null);
  }
}
