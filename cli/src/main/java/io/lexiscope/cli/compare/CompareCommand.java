package io.lexiscope.cli.compare;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.compare.CompareReadout;
import io.lexiscope.workbench.compare.CompareRequest;
import io.lexiscope.workbench.compare.CompareResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `compare`: a prompt without and with interventions.
@Command(
    name = "compare",
    description =
        "The same prompt without and with interventions: words, ranks, divergence, continuation.")
public final class CompareCommand extends WorkbenchCommand<CompareResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Option(
      names = "--set",
      split = ",",
      paramLabel = "PLACE=X",
      description =
          "set a neuron's coefficient or a head's output to a number or its mean, such as L3N12=4, L2H1=0, L2H1=mean, or at one position (L3N12=4@-1) or some steps of the continuation only (L3N12=4@steps 2-5); beside those of --intervene")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = {"--position", "--positions"},
      split = ",",
      paramLabel = "P",
      description = "at these positions, negatives from the end (default: -1)")
  private @Nullable List<Integer> positions;

  @Option(names = "--all", description = "at every position")
  private @Nullable Boolean all;

  @Option(names = "--top", paramLabel = "K", description = "the K likeliest words (default: 10)")
  private @Nullable Integer top;

  @Option(
      names = "--target",
      paramLabel = "WORD",
      description =
          "a word to follow, with its leading space, or # and a token id; may be given several times")
  private @Nullable List<String> targets;

  @Option(names = "--against", paramLabel = "WORD", description = "take the targets' odds to this")
  private @Nullable String against;

  @Option(
      names = {"-n", "--number"},
      paramLabel = "N",
      description = "tokens to continue by, 0 for none (default: 20)")
  private @Nullable Integer number;

  @Option(names = "--temperature", paramLabel = "T", description = "draw from logits / T")
  private @Nullable Double temperature;

  @Option(names = "--seed", paramLabel = "SEED", description = "of the draws (default: 0)")
  private @Nullable Long seed;

  public CompareCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<CompareResult> request() {
    List<InterventionSpec> given = prompt.interventions();
    List<InterventionSpec> interventions = new ArrayList<>(given == null ? List.of() : given);
    settings.forEach(setting -> interventions.add(InterventionOptions.setting(setting)));
    if (interventions.isEmpty()) {
      throw new UsageException(
          "compare: expected interventions, got none; name a file with --intervene, or a neuron or head with --set");
    }
    return new CompareRequest(
        model.choice(),
        prompt.prompt(),
        new CompareReadout(positions, all, top, targets, against, number),
        new DecodingOptions(
            temperature,
            /* topK= */ null,
            /* topP= */ null,
            /* beams= */ null,
            seed,
            /* stopAtEnd= */ null,
            /* earlyExit= */ null,
            /* lateKeys= */ null),
        interventions);
  }

  @Override
  protected String text(CompareResult result, int columns) {
    return CompareText.of(result, against, columns);
  }
}
