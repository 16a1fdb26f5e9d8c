package io.lexiscope.model.edit;

import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Where a patch comes from, complete enough to make it again.
///
/// @param name what people call it; may be empty
/// @param method how it was made, such as `forward-shift`
/// @param model identity of the model that it was made on, [ModelIdentity#key]; empty where it was
///   made without one
/// @param settings of the method, by name: prompt, target, step size
public record PatchOrigin(String name, String method, String model, Map<String, String> settings) {

  /// Copies the settings, in the order of their names.
  public PatchOrigin {
    SequencedMap<String, String> sorted = new TreeMap<>(settings);
    settings = Collections.unmodifiableMap(sorted);
  }

  /// Of a patch made by hand.
  public static PatchOrigin named(String name) {
    return new PatchOrigin(name, "by hand", "", Map.of());
  }
}
