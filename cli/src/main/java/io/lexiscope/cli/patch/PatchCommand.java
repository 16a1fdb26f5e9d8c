package io.lexiscope.cli.patch;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.LayerOptions;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.patch.PatchMeasure;
import io.lexiscope.workbench.patch.PatchPlaces;
import io.lexiscope.workbench.patch.PatchRequest;
import io.lexiscope.workbench.patch.PatchResult;
import io.lexiscope.workbench.patch.PatchedPair;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `patch`: a patching sweep.
@Command(
    name = "patch",
    description =
        "What one run computed, put into another: which places carry the difference of two prompts.")
public final class PatchCommand extends WorkbenchCommand<PatchResult> {
  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  @Option(names = "--clean", paramLabel = "TEXT", description = "the prompt with the answer sought")
  private @Nullable String clean;

  @Option(names = "--corrupt", paramLabel = "TEXT", description = "the other prompt")
  private @Nullable String corrupt;

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description =
          "several pairs, a JSON object a line: clean, corrupt and, if you like, target and against; cells are means over them")
  private @Nullable Path pairs;

  @Option(
      names = "--at",
      paramLabel = "HOOK",
      description =
          "a hook point of blocks (default: hook_resid_pre); those with heads give a grid of heads")
  private @Nullable String at;

  @Option(
      names = "--sites",
      paramLabel = "SITES",
      description = "in place of --at: resid, heads, q, k, v or pattern")
  private @Nullable String sites;

  @Mixin private final LayerOptions layers = new LayerOptions();

  @Option(
      names = "--position",
      paramLabel = "P",
      description = "patch heads at this position only, negative from the end (default: all)")
  private @Nullable Integer position;

  @Option(
      names = "--direction",
      paramLabel = "WAY",
      description =
          "denoising (clean into corrupt, the default), noising (corrupt into clean), zero or mean (ablations of the clean run)")
  private @Nullable String direction;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = "logit-difference (default), probability, kl or answer")
  private @Nullable String metric;

  @Option(names = "--normalise", description = "0 for the corrupt run and 1 for the clean one")
  private @Nullable Boolean normalise;

  @Option(
      names = "--target",
      paramLabel = "WORD",
      description =
          "the clean prompt's word, with its leading space, or # and a token id (default: what the model says)")
  private @Nullable String target;

  @Option(
      names = "--against",
      paramLabel = "WORD",
      description = "the corrupt prompt's word (default: what the model says)")
  private @Nullable String against;

  @Option(
      names = "--read",
      paramLabel = "P",
      description = "measure the word after this position, negative from the end (default: -1)")
  private @Nullable Integer read;

  public PatchCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<PatchResult> request() {
    return new PatchRequest(
        model.choice(),
        clean,
        corrupt,
        pairs == null ? null : pairs(pairs),
        new PatchPlaces(at, sites, layers.layers(), position, direction),
        new PatchMeasure(metric, normalise, target, against, read),
        interventions.specs());
  }

  private static List<PatchedPair> pairs(Path file) {
    return PromptOptions.read(file)
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> ViewJson.read(line, PatchedPair.class))
        .toList();
  }

  @Override
  protected String text(PatchResult result, int columns) {
    return PatchText.of(result, columns);
  }
}
