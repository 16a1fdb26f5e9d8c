package io.lexiscope.cli.parity;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.parity.ParityRequest;
import io.lexiscope.workbench.parity.ParityResult;
import io.lexiscope.workbench.parity.SelfCheckView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `parity`: how far the numbers are from a reference's, or without one from each other.
@Command(
    name = "parity",
    description =
        "Compares the model with a golden file of reference numbers, or without one with itself; fails if a number is too far off.")
public final class ParityCommand extends WorkbenchCommand<ParityResult> {
  private static final int WORST_SHOWN = 12;

  @Option(
      names = "--golden",
      paramLabel = "FILE",
      description =
          "safetensors file with input_ids and reference tensors (default: none, the model's own identities)")
  private @Nullable String golden;

  @Option(
      names = "--atol",
      paramLabel = "A",
      description =
          "largest absolute difference that passes (default: 1e-4, or what each identity allows)")
  private @Nullable Double tolerance;

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  public ParityCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<ParityResult> request() {
    if (interventions.specs() != null) {
      throw new UsageException(
          "parity: expected the model as it is, got --intervene; leave it out, or use compare");
    }
    return new ParityRequest(model.choice(), golden, tolerance);
  }

  @Override
  protected int exitCode(ParityResult result) {
    return result.passed() ? 0 : 1;
  }

  @Override
  protected String text(ParityResult result, int columns) {
    return result.checks() == null
        ? golden(result, Objects.requireNonNull(result.atol()))
        : itself(result, result.checks());
  }

  private static String golden(ParityResult result, double atol) {
    TextTable table = new TextTable("name", ">largest difference");
    result.maxAbsDiff().entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(WORST_SHOWN)
        .forEach(entry -> table.row(entry.getKey(), number(entry.getValue())));
    String verdict =
        String.format(
            Locale.ROOT,
            "%s: %d tensors, the worst %.2e apart, %.0e allowed",
            result.passed() ? "passed" : "FAILED",
            result.maxAbsDiff().size(),
            result.worst(),
            atol);
    String unknown =
        result.unknown().isEmpty() ? "" : "\nnot compared: " + String.join(", ", result.unknown());
    return verdict + "\n\n" + table + unknown;
  }

  private static String itself(ParityResult result, List<SelfCheckView> checks) {
    TextTable table = new TextTable("check", "", ">largest difference", ">allowed", "at");
    for (SelfCheckView check : checks) {
      String verdict = check.notApplicable() != null ? "n/a" : check.passed() ? "ok" : "FAILED";
      table.row(
          check.name(),
          verdict,
          check.maxAbsDiff() == null ? "" : number(check.maxAbsDiff()),
          check.tolerance() == null ? "" : number(check.tolerance()),
          check.at() == null ? Objects.requireNonNullElse(check.notApplicable(), "") : check.at());
    }
    StringBuilder meanings = new StringBuilder();
    checks.forEach(
        check -> meanings.append(String.format("%n%-10s %s", check.name(), check.meaning())));
    return String.format(
            Locale.ROOT,
            "%s: %d identities on %d random tokens, the worst %.2e apart; no reference compared (--golden FILE)",
            result.passed() ? "passed" : "FAILED",
            result.maxAbsDiff().size(),
            result.header().tokens().size(),
            result.worst())
        + "\n\n"
        + table
        + meanings;
  }

  private static String number(double difference) {
    return String.format(Locale.ROOT, "%.2e", difference);
  }
}
