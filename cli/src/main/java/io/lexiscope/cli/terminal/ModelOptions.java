package io.lexiscope.cli.terminal;

import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.PatchFile;
import io.lexiscope.workbench.ask.PatchSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which model, and how it computes.
public final class ModelOptions {
  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "a folder in Hugging Face layout, a hub id in the local cache, or a bundled name (default: microworld)")
  private @Nullable String model;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "where to compute: cpu or cuda (default: cpu)")
  private @Nullable String device;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "element type to compute in: float32 or bf16 (default: float32)")
  private @Nullable String dtype;

  @Option(
      names = "--patches",
      split = ",",
      paramLabel = "FILE",
      description = "files of patches to lay over the weights, in this order")
  private @Nullable List<Path> patches;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads one operation may use (default: one per processor)")
  private @Nullable Integer threads;

  @Option(
      names = "--kernels",
      arity = "1",
      paramLabel = "on|off",
      converter = SwitchConverter.class,
      description =
          "whether products may go through the kernels in Java rather than libtorch (default: on)")
  private SwitchConverter.@Nullable Switch kernels;

  public ModelChoice choice() {
    return new ModelChoice(model, dtype, device, patches == null ? null : read(patches));
  }

  /// The patches of some files, in their order.
  public static List<PatchSpec> read(List<Path> files) {
    return files.stream()
        .flatMap(
            file -> PatchFile.read(PromptOptions.read(file), file.toString()).patches().stream())
        .toList();
  }

  @Nullable Integer threads() {
    return threads;
  }

  @Nullable Boolean kernels() {
    return kernels == null ? null : kernels == SwitchConverter.Switch.ON;
  }
}
