package io.lexiscope.bench;

import io.lexiscope.workbench.shelf.Build;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a benchmark needs to know.
///
/// @param model folder of the model; null for a random one of GPT-2 small's shape, made and deleted
/// @param places where the parts of the installation are
/// @param tasks names of the tasks; empty for all
/// @param rounds how often each task is timed
/// @param build what is measured
public record BenchSettings(
    @Nullable Path model, Places places, List<String> tasks, int rounds, Build build) {
  /// Fewest rounds for an interval that leaves an outlier out at each end.
  public static final int STANDARD_ROUNDS = 10;

  /// Copies the list.
  public BenchSettings {
    tasks = List.copyOf(tasks);
  }

  /// Parts of the installation.
  ///
  /// @param launcher the start script
  /// @param page folder of the built page
  /// @param served name of the model that the page's request is timed on
  /// @param options of the start script under which fresh processes are timed
  public record Places(Path launcher, Path page, String served, List<String> options) {
    /// Copies the list.
    public Places {
      options = List.copyOf(options);
    }
  }
}
