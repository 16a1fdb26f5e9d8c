package io.lexiscope.cli;

import io.lexiscope.workbench.view.ParityRequest;
import io.lexiscope.workbench.view.ParityResult;
import io.lexiscope.workbench.view.Request;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `parity`: how far the numbers are from a reference's.
@Command(
    name = "parity",
    description =
        "Compares the model with a golden file of reference numbers; fails if one is too far off.")
final class ParityCommand extends WorkbenchCommand<ParityResult> {
  private static final int WORST_SHOWN = 12;

  @Option(
      names = "--golden",
      required = true,
      paramLabel = "FILE",
      description = "safetensors file with input_ids and reference tensors")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String golden;

  @Option(
      names = "--atol",
      paramLabel = "A",
      description = "largest absolute difference that passes (default: 1e-4)")
  private @Nullable Double tolerance;

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  ParityCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  Request<ParityResult> request() {
    if (interventions.specs() != null) {
      throw new UsageException(
          "parity: expected the model as it is, got --intervene; leave it out, or use compare");
    }
    return new ParityRequest(model.choice(), golden, tolerance);
  }

  @Override
  int exitCode(ParityResult result) {
    return result.passed() ? 0 : 1;
  }

  @Override
  String text(ParityResult result, int columns) {
    TextTable table = new TextTable("name", ">largest difference");
    result.maxAbsDiff().entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(WORST_SHOWN)
        .forEach(
            entry ->
                table.row(entry.getKey(), String.format(Locale.ROOT, "%.2e", entry.getValue())));
    String verdict =
        String.format(
            Locale.ROOT,
            "%s: %d tensors, the worst %.2e apart, %.0e allowed",
            result.passed() ? "passed" : "FAILED",
            result.maxAbsDiff().size(),
            result.worst(),
            result.atol());
    String unknown =
        result.unknown().isEmpty() ? "" : "\nnot compared: " + String.join(", ", result.unknown());
    return verdict + "\n\n" + table + unknown;
  }
}
