package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.ConfigJson;
import java.util.List;

/// One family of checkpoints: how it writes its configuration and what it calls its weights.
///
/// To add a family, implement this in one file and add it to [Families].
public interface Family {

  /// The name people know it by, such as `gpt_neox`.
  String name();

  /// The values of `model_type` in `config.json` that mean this family.
  default List<String> modelTypes() {
    return List.of(name());
  }

  /// Understands a configuration.
  ///
  /// Absent keys take the default of the reference library for this family.
  ///
  /// @param json the whole of `config.json`, of any version
  /// @throws io.lexiscope.model.config.ConfigException if a key is missing or ill-typed, or asks
  ///   for something not computed here
  Architecture read(ConfigJson json);

  /// The names of the weights.
  WeightNames names();
}
