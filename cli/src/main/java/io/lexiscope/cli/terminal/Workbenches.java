package io.lexiscope.cli.terminal;

import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.workbench.WorkLimits;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.WorkbenchSettings;
import io.lexiscope.workbench.ask.Reach;
import io.lexiscope.workbench.shelf.Build;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens the workbench as the process was configured.
public final class Workbenches {
  private static final String DEFAULT_MODEL = "microworld";

  private Workbenches() {}

  /// @param threads threads one operation may use, or null for one per processor
  /// @param kernels whether products may go through the kernels in Java, or null for yes
  public static Workbench open(
      CliConfiguration configuration, @Nullable Integer threads, @Nullable Boolean kernels) {
    return open(configuration, threads, kernels, WorkLimits.standard());
  }

  /// As above, doing and keeping as much as the limits say.
  public static Workbench open(
      CliConfiguration configuration,
      @Nullable Integer threads,
      @Nullable Boolean kernels,
      WorkLimits limits) {
    return open(configuration, threads, kernels, limits, Reach.everything(), List.of());
  }

  /// The workbench of those who ask from elsewhere.
  ///
  /// @param threads threads one operation may use, or null for one per processor
  /// @param kernels whether products may go through the kernels in Java, or null for yes
  /// @param reach the files that requests may name
  /// @param folders folders whose folders are further models, by their names
  public static Workbench open(
      CliConfiguration configuration,
      @Nullable Integer threads,
      @Nullable Boolean kernels,
      Reach reach,
      List<Path> folders) {
    return open(configuration, threads, kernels, WorkLimits.standard(), reach, folders);
  }

  private static Workbench open(
      CliConfiguration configuration,
      @Nullable Integer threads,
      @Nullable Boolean kernels,
      WorkLimits limits,
      Reach reach,
      List<Path> folders) {
    if (kernels != null) {
      Workbench.useKernels(kernels);
    }
    if (threads != null) {
      if (threads < 1 || threads > Workbench.mostThreads()) {
        throw new UsageException(
            "--threads: expected 1 to %d, got %d".formatted(Workbench.mostThreads(), threads));
      }
      Workbench.useThreads(threads);
    }
    return Workbench.open(
        new WorkbenchSettings(
            places(configuration, folders),
            new Build(Version.ofCode(), Runtime.version().toString()),
            limits,
            configuration::hub,
            configuration::perspective),
        reach,
        configuration.extension().features());
  }

  /// Where models are looked for.
  public static ModelPlaces places(CliConfiguration configuration) {
    return places(configuration, List.of());
  }

  private static ModelPlaces places(CliConfiguration configuration, List<Path> folders) {
    return new ModelPlaces(
        configuration.home().resolve("models"),
        folders,
        configuration.hubCache(),
        DEFAULT_MODEL,
        configuration.cache());
  }
}
