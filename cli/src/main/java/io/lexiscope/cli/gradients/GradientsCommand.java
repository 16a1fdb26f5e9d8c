package io.lexiscope.cli.gradients;

import io.lexiscope.analysis.gradient.GradientReading;
import io.lexiscope.analysis.gradient.GradientSign;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.LayerOptions;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.TargetOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.gradients.GradientsReadout;
import io.lexiscope.workbench.gradients.GradientsRequest;
import io.lexiscope.workbench.gradients.GradientsResult;
import io.lexiscope.workbench.gradients.GradientsTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gradients`: the backward lens.
@Command(
    name = "gradients",
    description = "What a gradient would write into the weights, in words: the backward lens.")
public final class GradientsCommand extends WorkbenchCommand<GradientsResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Mixin private final TargetOptions pair = new TargetOptions();

  @Option(
      names = "--at-position",
      paramLabel = "P",
      description = "where the loss is taken, negatives from the end (default: -1)")
  private @Nullable Integer lossPosition;

  @Option(
      names = "--subject",
      paramLabel = "TEXT",
      description = "what the prompt is about, a part of it: norms by segment follow it")
  private @Nullable String subject;

  @Mixin private final LayerOptions layers = new LayerOptions();

  @Option(
      names = "--matrices",
      split = ",",
      paramLabel = "NAME",
      description = "only these: W_Q, W_K, W_V, W_O, W_gate, W_in, W_out")
  private @Nullable List<String> matrices;

  @Option(
      names = {"--position", "--positions"},
      split = ",",
      paramLabel = "P",
      description = "only these positions, from 0; negatives from the end (default: all)")
  private @Nullable List<Integer> positions;

  @Option(names = "--top", paramLabel = "K", description = "K words at the upper end (default: 5)")
  private @Nullable Integer top;

  @Option(
      names = "--bottom",
      paramLabel = "K",
      description = "K words at the lower end (default: 5)")
  private @Nullable Integer bottom;

  @Option(
      names = "--reading",
      paramLabel = "NAME",
      description = "linear (default), normalised, or raw: the whole final norm, as published")
  private @Nullable GradientReading reading;

  @Option(
      names = "--sign",
      paramLabel = "NAME",
      description = "descent (default): what an update moves towards; raw: the gradient itself")
  private @Nullable GradientSign sign;

  @Option(
      names = "--step",
      paramLabel = "η",
      description = "the step whose effect is predicted and measured (default: 1 %% off the loss)")
  private @Nullable Double step;

  @Option(
      names = "--reversed",
      paramLabel = "K",
      description = "list the K strongest heads of reversed attention")
  private @Nullable Integer reversed;

  public GradientsCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<GradientsResult> request() {
    return new GradientsRequest(
        model.choice(),
        prompt.prompt(),
        new GradientsTarget(pair.target(), pair.against(), lossPosition, subject),
        new GradientsReadout(
            layers.layers(),
            matrices,
            positions,
            top,
            bottom,
            reading,
            sign,
            step,
            /* measure= */ null,
            reversed),
        prompt.interventions());
  }

  @Override
  protected String text(GradientsResult result, int columns) {
    return GradientsText.of(result, columns);
  }
}
