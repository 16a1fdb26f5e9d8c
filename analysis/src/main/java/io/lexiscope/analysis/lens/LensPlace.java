package io.lexiscope.analysis.lens;

import io.lexiscope.model.place.HookName;
import java.util.OptionalInt;

/// Where a vector that was read stood.
///
/// @param at the hook point and layer
/// @param position from 0
/// @param part which head or neuron, or all
public record LensPlace(HookName at, int position, Part part) {

  /// The one head, where it is one.
  public OptionalInt head() {
    return part instanceof Part.Head head ? OptionalInt.of(head.index()) : OptionalInt.empty();
  }

  /// The one neuron, where it is one.
  public OptionalInt neuron() {
    return part instanceof Part.Neuron neuron
        ? OptionalInt.of(neuron.index())
        : OptionalInt.empty();
  }
}
