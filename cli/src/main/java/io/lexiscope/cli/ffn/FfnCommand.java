package io.lexiscope.cli.ffn;

import io.lexiscope.analysis.ffn.FfnOrder;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.ConventionConverter;
import io.lexiscope.cli.terminal.LayerOptions;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.TargetOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ffn.FfnReadout;
import io.lexiscope.workbench.ffn.FfnRequest;
import io.lexiscope.workbench.ffn.FfnResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ffn`: which neuron pushed which word.
@Command(
    name = "ffn",
    description =
        "Which neuron pushed which word: every layer's feed-forward part as a sum of sub-updates.")
public final class FfnCommand extends WorkbenchCommand<FfnResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Mixin private final TargetOptions pair = new TargetOptions();

  @Mixin private final LayerOptions layers = new LayerOptions();

  @Option(
      names = {"--position", "--positions"},
      split = ",",
      paramLabel = "P",
      description = "these positions, from 0; negatives from the end (default: -1)")
  private @Nullable List<Integer> positions;

  @Option(names = "--top", paramLabel = "K", description = "K sub-updates a layer (default: 10)")
  private @Nullable Integer top;

  @Option(
      names = "--words",
      paramLabel = "K",
      description = "K words of each state and at each end of a value vector (default: 10)")
  private @Nullable Integer words;

  @Option(
      names = "--lens",
      paramLabel = "NAME",
      description = "frozenScale (default; scores add up), raw (add up too) or finalNorm",
      converter = ConventionConverter.class)
  private @Nullable LensConvention convention;

  @Option(
      names = "--by",
      paramLabel = "ORDER",
      description = "list by dominance (default: what adds most) or score (what pushes most)")
  private @Nullable FfnOrder order;

  @Option(
      names = "--null",
      paramLabel = "N",
      description = "random vectors for the null band of words (default: 20; 0 for none)")
  private @Nullable Integer nullVectors;

  @Option(names = "--seed", paramLabel = "S", description = "seed of the random vectors")
  private @Nullable Long seed;

  @Option(
      names = "--raw",
      description =
          "logits as products give them, not above their mean over the vocabulary; every token listed")
  private boolean raw;

  public FfnCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<FfnResult> request() {
    return new FfnRequest(
        model.choice(),
        prompt.prompt(),
        layers.layers(),
        positions,
        new FfnReadout(
            top,
            words,
            pair.target(),
            pair.against(),
            convention,
            order,
            nullVectors,
            seed,
            raw ? Boolean.TRUE : null),
        prompt.interventions());
  }

  @Override
  protected String text(FfnResult result, int columns) {
    return FfnText.of(result, columns);
  }
}
