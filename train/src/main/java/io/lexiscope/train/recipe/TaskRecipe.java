package io.lexiscope.train.recipe;

import java.util.Map;

/// Which task, with which parameters.
///
/// @param name of the task, such as `addition`
/// @param seed of its draws
/// @param options parameters by name, as [Tasks] lists them; those left out have the published
///   values
public record TaskRecipe(String name, long seed, Map<String, Object> options) {

  /// Copies the options.
  public TaskRecipe {
    options = options == null ? Map.of() : Map.copyOf(options);
  }
}
