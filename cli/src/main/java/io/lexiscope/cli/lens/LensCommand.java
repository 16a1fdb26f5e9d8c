package io.lexiscope.cli.lens;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.ConventionConverter;
import io.lexiscope.cli.terminal.LayerOptions;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.TargetOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.lens.LensReadout;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.LensResult;
import io.lexiscope.workbench.lens.PlaceSelection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lens`: vocabulary readings of hook points.
@Command(
    name = "lens",
    description = "Reads any place of the model in the words of its vocabulary.")
public final class LensCommand extends WorkbenchCommand<LensResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Mixin private final TargetOptions pair = new TargetOptions();

  @Option(
      names = "--at",
      split = ",",
      paramLabel = "NAME",
      description = "hook points, * for every layer (default: blocks.*.hook_resid_post)")
  private @Nullable List<String> at;

  @Mixin private final LayerOptions layers = new LayerOptions();

  @Option(
      names = {"--position", "--positions"},
      split = ",",
      paramLabel = "P",
      description = "only these positions, from 0; negatives from the end")
  private @Nullable List<Integer> positions;

  @Option(
      names = {"--head", "--heads"},
      split = ",",
      paramLabel = "H",
      description = "these heads one by one")
  private @Nullable List<Integer> heads;

  @Option(
      names = {"--neuron", "--neurons"},
      split = ",",
      paramLabel = "N",
      description = "these neurons one by one, at mlp.hook_post")
  private @Nullable List<Integer> neurons;

  @Option(names = "--top", paramLabel = "K", description = "the K highest words (default: 10)")
  private @Nullable Integer top;

  @Option(names = "--bottom", paramLabel = "K", description = "the K lowest words too")
  private @Nullable Integer bottom;

  @Option(
      names = "--lens",
      paramLabel = "NAME",
      description = "finalNorm (default), raw or frozenScale",
      converter = ConventionConverter.class)
  private @Nullable LensConvention convention;

  @Option(
      names = "--raw",
      description =
          "logits as products give them, not above their mean over the vocabulary; every token listed")
  private boolean raw;

  public LensCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<LensResult> request() {
    return new LensRequest(
        model.choice(),
        prompt.prompt(),
        new PlaceSelection(at, layers.layers(), positions, heads, neurons),
        new LensReadout(
            top, bottom, pair.target(), pair.against(), convention, raw ? Boolean.TRUE : null),
        prompt.interventions());
  }

  @Override
  protected String text(LensResult result, int columns) {
    return LensText.of(result, columns)
        + "\n"
        + String.format(
            Locale.ROOT,
            "%s; probabilities over %,d words; %d readings in %.0f ms",
            result.convention().description(),
            result.vocabulary(),
            result.readings().size(),
            result.milliseconds());
  }
}
