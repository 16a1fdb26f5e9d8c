package io.lexiscope.analysis.attention;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/// What one head does on prompts.
///
/// @param layer from 0
/// @param head from 0
/// @param values by trait; a trait is absent where no position of the prompts can show it
public record HeadTraits(int layer, int head, Map<HeadTrait, Double> values) {
  /// Copies the map.
  public HeadTraits {
    Map<HeadTrait, Double> copy = new EnumMap<>(HeadTrait.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /// One of them.
  public OptionalDouble of(HeadTrait trait) {
    Double value = values.get(trait);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
