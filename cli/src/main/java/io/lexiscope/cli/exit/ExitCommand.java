package io.lexiscope.cli.exit;

import io.lexiscope.base.OneLine;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.LateKeysConverter;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.model.forward.LateKeys;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.exit.ExitLearning;
import io.lexiscope.workbench.exit.ExitRequest;
import io.lexiscope.workbench.exit.ExitResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `exit`: rules for leaving the network early.
@Command(
    name = "exit",
    description =
        "Learns rules for leaving the network early, tests them on other texts, and takes the time they save.")
public final class ExitCommand extends WorkbenchCommand<ExitResult> {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "texts to learn from and test on, one a line (default: those of the model's own task)")
  private @Nullable Path data;

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "beginnings of sentences to learn from (default: 2000)")
  private @Nullable Integer examples;

  @Option(
      names = "--tests",
      paramLabel = "N",
      description = "held-out ones to test on (default: 1000; of --data a tenth each time)")
  private @Nullable Integer tests;

  @Option(
      names = "--splits",
      paramLabel = "N",
      description = "learn and test N times, on tests that share no example (default: 5)")
  private @Nullable Integer splits;

  @Option(
      names = "--clusters",
      paramLabel = "K",
      description = "clusters of value vectors (default: 200)")
  private @Nullable Integer clusters;

  @Option(
      names = "--agreement",
      paramLabel = "P",
      description = "tune thresholds to this agreement with the whole network (default: 0.97)")
  private @Nullable Double agreement;

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description =
          "put this rule to use: sub-updates (the paper's), sub-updates-rank (its code's), confidence, confidence-layers, probe (default: the one that saves most where thresholds are tuned)")
  private @Nullable String rule;

  @Option(
      names = "--prompts",
      paramLabel = "N",
      description = "test prompts continued with and without (default: 12; 0 for none)")
  private @Nullable Integer prompts;

  @Option(
      names = {"-n", "--number"},
      paramLabel = "N",
      description = "tokens added to each (default: 32)")
  private @Nullable Integer number;

  @Option(
      names = "--late-keys",
      paramLabel = "HOW",
      converter = LateKeysConverter.class,
      description =
          "keys and values of skipped layers: exact (default; the layers run late, together) or copied (from the stream that left)")
  private @Nullable LateKeys lateKeys;

  @Option(names = "--seed", paramLabel = "S", description = "of everything random (default: 0)")
  private @Nullable Long seed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write the rule, for 'generate --early-exit FILE'")
  private @Nullable Path file;

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  public ExitCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<ExitResult> request() {
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException(
          "-o: expected a file in a folder that exists, got " + file + "; make the folder first");
    }
    return new ExitRequest(
        model.choice(),
        data == null ? null : texts(data),
        new ExitLearning(examples, tests, clusters, splits, agreement, rule, seed),
        prompts,
        number,
        lateKeys,
        /* withRule= */ file != null,
        interventions.specs());
  }

  private static List<String> texts(Path file) {
    return PromptOptions.read(file).lines().filter(line -> !line.isBlank()).toList();
  }

  @Override
  protected ExitResult shown(ExitResult result) {
    if (file == null || result.learned() == null) {
      return result;
    }
    try {
      Files.writeString(file, ViewJson.write(result.learned()) + "\n", StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UsageException(
          "-o: expected a file that can be written, got " + file + ": " + OneLine.of(failed));
    }
    return result.withoutRule();
  }

  @Override
  protected String text(ExitResult result, int columns) {
    return ExitText.of(result) + (file == null ? "" : "\nrule written to " + file + "\n");
  }
}
