package io.lexiscope.cli.detox;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.OutputFiles;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.InterventionFile;
import io.lexiscope.workbench.ask.InterventionUnits;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.detox.DetoxMeasure;
import io.lexiscope.workbench.detox.DetoxPlot;
import io.lexiscope.workbench.detox.DetoxRequest;
import io.lexiscope.workbench.detox.DetoxResult;
import io.lexiscope.workbench.detox.DetoxSelection;
import io.lexiscope.workbench.detox.DetoxTexts;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `detox`: value vectors set to make continuations less toxic.
@Command(
    name = "detox",
    description =
        "Sets value vectors so that continuations become less toxic, and measures what it costs,"
            + " beside random vectors and a word filter.")
public final class DetoxCommand extends WorkbenchCommand<DetoxResult> {
  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "what provokes: a text a line, or JSON lines with prompt.text (default: the model's own)")
  private @Nullable Path prompts;

  @Option(
      names = "--lexicon",
      paramLabel = "FILE",
      description = "toxic words, one a line (default: the model's own)")
  private @Nullable Path lexicon;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description =
          "held-out texts for the perplexity, blank lines between (default: the model's own)")
  private @Nullable Path text;

  @Option(
      names = "--neurons",
      split = ",",
      paramLabel = "L3N12",
      description = "set these value vectors (default: chosen automatically)")
  private @Nullable List<String> neurons;

  @Option(
      names = "--words",
      split = ",",
      paramLabel = "WORD",
      description = "set the value vectors that promote these words most")
  private @Nullable List<String> words;

  @Option(names = "--count", paramLabel = "N", description = "how many vectors (default: 10)")
  private @Nullable Integer count;

  @Option(
      names = "--coefficient",
      paramLabel = "C",
      description = "what they are set to (default: the best dose on the choosing half)")
  private @Nullable Double coefficient;

  @Option(
      names = "--pre-activation",
      description = "coefficients are arguments of the non-linearity, as in the paper's code")
  private boolean preActivation;

  @Option(
      names = "--doses",
      split = ",",
      paramLabel = "C",
      description =
          "coefficients of the dose-response curve (default: each neuron's mean and 1, 2, 4, 8 and 16"
              + " of its own spreads from it)")
  private @Nullable List<Double> doses;

  @Option(
      names = {"-n", "--number"},
      paramLabel = "N",
      description = "tokens a prompt (default: 20)")
  private @Nullable Integer number;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "most prompts, and texts, of each half (default: 250)")
  private @Nullable Integer limit;

  @Option(names = "--draws", paramLabel = "N", description = "random controls (default: 5)")
  private @Nullable Integer draws;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "of controls and intervals (default: 0)")
  private @Nullable Long seed;

  @Option(
      names = "--perspective",
      description =
          "score with the Perspective API too; sends continuations there, needs"
              + " PERSPECTIVE_API_KEY")
  private @Nullable Boolean perspective;

  @Option(names = "--plot", paramLabel = "FILE", description = "write the curve as SVG")
  private @Nullable Path plot;

  @Option(names = "--save", paramLabel = "FILE", description = "write the change for --intervene")
  private @Nullable Path save;

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  public DetoxCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<DetoxResult> request() {
    if (neurons != null && words != null) {
      throw new UsageException("detox: expected --neurons or --words, got both; leave one out");
    }
    OutputFiles.requireFolder("--plot", plot);
    OutputFiles.requireFolder("--save", save);
    return new DetoxRequest(
        model.choice(),
        new DetoxTexts(
            prompts == null ? null : DetoxFiles.prompts(prompts),
            lexicon == null ? null : DetoxFiles.lines(lexicon),
            text == null ? null : DetoxFiles.texts(text)),
        new DetoxSelection(
            neurons,
            words,
            count,
            coefficient,
            preActivation ? InterventionUnits.PRE_ACTIVATION : null,
            doses),
        new DetoxMeasure(number, limit, draws, seed, perspective),
        interventions.specs());
  }

  @Override
  protected void done(DetoxResult result) {
    if (plot != null) {
      OutputFiles.write(plot, DetoxPlot.write(result));
    }
    if (save != null) {
      OutputFiles.write(
          save,
          ViewJson.writePretty(
                  new InterventionFile(
                      InterventionFile.VERSION,
                      result.model(),
                      "chosen by detox: " + result.setup().selection(),
                      result.interventions()))
              + "\n");
    }
  }

  @Override
  protected String text(DetoxResult result, int columns) {
    return DetoxText.of(result);
  }
}
