package io.lexiscope.cli.terminal;

import io.lexiscope.workbench.Shelves;
import io.lexiscope.workbench.job.Feature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Verbs beyond those of Lexiscope itself, as a module with a class path of its own adds them.
///
/// @param commands the commands by their verbs, in the order of the help
/// @param features gives what answers them on what the workbench keeps
public record Extension(
    Map<String, Class<?>> commands, Function<Shelves, List<Feature<?, ?>>> features) {
  /// Copies the commands, in their order.
  public Extension {
    commands = new LinkedHashMap<>(commands);
  }

  /// Nothing more.
  public static Extension none() {
    return new Extension(Map.of(), shelves -> List.of());
  }
}
