package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.matrix.ModelWeights;

/// A configuration that was understood, together with the text it was understood from.
///
/// @param family the family it belongs to
/// @param architecture what it means
/// @param json what it says; to be written beside changed or trained weights of the same
///   architecture
/// @param names what its source calls the weights
public record ModelConfig(
    Family family, Architecture architecture, ConfigJson json, WeightNames names) {

  /// The weights the architecture needs, as a new checkpoint would name them.
  public ModelWeights<WeightSlot> plan() {
    return WeightPlan.of(architecture, family.names());
  }
}
