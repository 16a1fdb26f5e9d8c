package io.lexiscope.cli.survey;

import io.lexiscope.analysis.survey.ActiveNeuron;
import io.lexiscope.analysis.survey.NormFilter;
import io.lexiscope.analysis.survey.OverlapLayer;
import io.lexiscope.analysis.survey.WordShift;
import io.lexiscope.base.Estimate;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.PromptSetOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.survey.SurveyRequest;
import io.lexiscope.workbench.survey.SurveyResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `survey`: heads, norms and neurons over many prompts.
@Command(
    name = "survey",
    description =
        "What heads, norms and neurons do to words over many prompts (Katz and Belinkov 2023, §3,"
            + " §5.2, §5.3).")
public final class SurveyCommand extends WorkbenchCommand<SurveyResult> {
  private static final int WORDS = 4;
  private static final int NEURONS = 20;

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  @Mixin private final PromptSetOptions prompts = new PromptSetOptions();

  @Option(
      names = {"-n", "--examples"},
      paramLabel = "N",
      description = "most prompts to look at (default: 100)")
  private @Nullable Integer examples;

  @Option(
      names = "--k",
      paramLabel = "K",
      description = "leading words that are compared (default: 50)")
  private @Nullable Integer k;

  public SurveyCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<SurveyResult> request() {
    return new SurveyRequest(
        model.choice(),
        prompts.data(),
        /* prompts= */ null,
        examples,
        k,
        prompts.seed(),
        interventions.specs());
  }

  @Override
  protected String text(SurveyResult result, int columns) {
    TextTable overlap =
        new TextTable(">layer", ">longest heads, %", ">other heads, %", ">values, %", ">output, %");
    for (OverlapLayer layer : result.overlap()) {
      overlap.row(
          layer.layer(),
          percent(layer.heads()),
          percent(layer.rest()),
          percent(layer.values()),
          percent(layer.outputs()));
    }
    TextTable norms =
        new TextTable(">layer", ">norm", ">moved, %", ">of random, %", "loses", "gains");
    for (NormFilter layer : result.norms()) {
      norms.row(
          layer.layer(),
          layer.norm(),
          percent(layer.moved().words()),
          percent(layer.moved().random()),
          words(layer.lose()),
          words(layer.gain()));
    }
    TextTable neurons =
        new TextTable("neuron", ">prompts, %", ">norm", ">longer than, %", ">bits", "writes");
    for (ActiveNeuron one : result.active().stream().limit(NEURONS).toList()) {
      neurons.row(
          "L" + one.layer() + "N" + one.neuron(),
          percent(one.share()),
          Text.number(one.vector().norm(), 2),
          Text.number(100 * one.vector().longer(), 1),
          Text.number(one.vector().entropy(), 2),
          one.top().stream()
              .limit(WORDS)
              .map(word -> Text.token(word.text()))
              .collect(Collectors.joining(", ")));
    }
    return String.format(
        Locale.ROOT,
        "%s prompts (%s), each at its last position; 95 %% intervals%n%n%s%n%n%s%n%s%n%n%s%n%s%n%n%s%.1f s",
        Text.count(result.prompts()),
        result.corpus(),
        result.sentences().overlap(),
        overlap,
        result.sentences().norms(),
        norms,
        result.sentences().active(),
        result.active().isEmpty() ? "" : neurons + "\n",
        result.seconds());
  }

  private static String percent(Estimate share) {
    return Double.isFinite(share.low())
        ? "%s (%s–%s)"
            .formatted(
                Text.number(100 * share.value(), 1),
                Text.number(100 * share.low(), 1),
                Text.number(100 * share.high(), 1))
        : Text.number(100 * share.value(), 1);
  }

  private static String words(List<WordShift> words) {
    return words.stream()
        .limit(WORDS)
        .map(word -> Text.token(word.text()))
        .collect(Collectors.joining(" "));
  }
}
