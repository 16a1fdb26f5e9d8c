package io.lexiscope.workbench.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change to a forward pass, as data; it never touches the weights.
///
/// @param kind what is done
/// @param at the hook point changed, by its full name, such as the MLP activations of layer 3
/// @param head only this head, from 0
/// @param neuron only this neuron, from 0
/// @param positions only these positions, from 0, negatives from the end; all when absent
/// @param value the number to set, add or multiply with
/// @param vector the vector to set or add, as long as the last axis of the hook point
public record InterventionSpec(
    InterventionKind kind,
    String at,
    @Nullable Integer head,
    @Nullable Integer neuron,
    @Nullable List<Integer> positions,
    @Nullable Double value,
    @Nullable List<Double> vector) {
  /// Copies the lists.
  public InterventionSpec {
    positions = positions == null ? null : List.copyOf(positions);
    vector = vector == null ? null : List.copyOf(vector);
  }
}
