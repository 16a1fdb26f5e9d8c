package io.lexiscope.cli;

import io.lexiscope.workbench.view.CompareReadout;
import io.lexiscope.workbench.view.CompareRequest;
import io.lexiscope.workbench.view.CompareResult;
import io.lexiscope.workbench.view.Decoding;
import io.lexiscope.workbench.view.InterventionSpec;
import io.lexiscope.workbench.view.Request;
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
final class CompareCommand extends WorkbenchCommand<CompareResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Option(
      names = "--set",
      split = ",",
      paramLabel = "PLACE=X",
      description =
          "set a neuron's coefficient or a head's output to a number or its mean, such as L3N12=4, L2H1=0, L2H1=mean; beside those of --intervene")
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

  CompareCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  Request<CompareResult> request() {
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
        new Decoding(
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
  String text(CompareResult result, int columns) {
    return CompareText.of(result, against, columns);
  }
}
