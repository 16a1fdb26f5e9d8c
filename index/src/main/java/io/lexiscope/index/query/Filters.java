package io.lexiscope.index.query;

import io.lexiscope.index.vector.VectorKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which vectors are looked at.
///
/// @param kinds of any of these kinds; all where empty
/// @param layers in any of these ranges; all where empty
/// @param norm length in this range, or null
/// @param rate firing rate in this range, or null
/// @param among words that must be among the strongest the index keeps of a vector
public record Filters(
    Set<VectorKind> kinds,
    List<LayerRange> layers,
    @Nullable NumberRange norm,
    @Nullable NumberRange rate,
    List<Condition> among) {
  /// Looks at all neurons.
  public static final Filters NEURONS =
      new Filters(Set.of(VectorKind.NEURON), List.of(), null, null, List.of());

  /// Layers.
  ///
  /// @param from first
  /// @param to last
  public record LayerRange(int from, int to) {}

  /// Copies the collections.
  public Filters {
    kinds = Set.copyOf(kinds);
    layers = List.copyOf(layers);
    among = List.copyOf(among);
  }
}
