package io.lexiscope.analysis.attention;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// What one head does on prompts.
///
/// @param layer from 0
/// @param head from 0
/// @param values by the name of a trait in lower case; a trait is absent where no position of the
///   prompts can show it
public record HeadTraits(int layer, int head, Map<String, Double> values) {
  /// Copies the map.
  public HeadTraits {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// Traits of a head.
  static HeadTraits of(int layer, int head, Map<HeadTrait, Double> means) {
    Map<String, Double> values = new LinkedHashMap<>();
    means.forEach((trait, mean) -> values.put(name(trait), mean));
    return new HeadTraits(layer, head, values);
  }

  private static String name(HeadTrait trait) {
    return trait.name().toLowerCase(Locale.ROOT);
  }

  /// One of them.
  public OptionalDouble of(HeadTrait trait) {
    Double value = values.get(name(trait));
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
