package io.lexiscope.cli.heads;

import io.lexiscope.analysis.attention.HeadTrait;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.LayerOptions;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.TargetOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.heads.HeadsFinding;
import io.lexiscope.workbench.heads.HeadsReadout;
import io.lexiscope.workbench.heads.HeadsRequest;
import io.lexiscope.workbench.heads.HeadsResult;
import io.lexiscope.workbench.heads.HeadsSelection;
import io.lexiscope.workbench.heads.TraitsOn;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `heads`: where attention heads look and what they move.
@Command(
    name = "heads",
    description =
        "Where attention heads look, what they move and what that pushes; for one head also why.")
public final class HeadsCommand extends WorkbenchCommand<HeadsResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Mixin private final TargetOptions pair = new TargetOptions();

  @Option(
      names = {"--head", "--heads"},
      split = ",",
      paramLabel = "HEAD",
      description = "only these heads, such as L4H6; one alone brings its card along")
  private @Nullable List<String> heads;

  @Mixin private final LayerOptions layers = new LayerOptions();

  @Option(
      names = {"--position", "--positions"},
      split = ",",
      paramLabel = "P",
      description = "at these positions, from 0; negatives from the end (default: -1)")
  private @Nullable List<Integer> positions;

  @Option(
      names = "--key",
      paramLabel = "P",
      description =
          "of the card: why the head looks at this position (default: where it takes most)")
  private @Nullable Integer key;

  @Option(names = "--top", paramLabel = "K", description = "K words of each reading (default: 5)")
  private @Nullable Integer top;

  @Option(
      names = "--attends",
      paramLabel = "K",
      description = "K positions of each head (default: 3)")
  private @Nullable Integer attends;

  @Option(
      names = "--terms",
      paramLabel = "K",
      description = "of the card: K pairs of writers (default: 8)")
  private @Nullable Integer terms;

  @Option(
      names = "--on",
      paramLabel = "PROMPTS",
      description = "score heads on: prompt, repeated (random tokens that come twice) or corpus")
  private @Nullable TraitsOn on;

  @Option(
      names = "--by",
      paramLabel = "TRAIT",
      description =
          "rank heads by: self, previous, duplicate, induction, copies, sink, entropy, distance, spread or match")
  private @Nullable HeadTrait by;

  @Option(
      names = "--attend",
      paramLabel = "FILE",
      description =
          "a pattern to match: JSON, one row for each token with a weight for each position")
  private @Nullable Path attend;

  @Option(names = "--seed", paramLabel = "S", description = "seed of the random prompts")
  private @Nullable Long seed;

  public HeadsCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<HeadsResult> request() {
    if (heads != null && layers.layers() != null) {
      throw new UsageException(
          "--heads: expected heads or --layers, got both; leave one of them out");
    }
    HeadTrait ranked = by == null && attend != null ? HeadTrait.MATCH : by;
    return new HeadsRequest(
        model.choice(),
        prompt.prompt(),
        new HeadsSelection(heads, layers.layers(), positions, key),
        new HeadsReadout(top, attends, pair.target(), pair.against(), terms),
        new HeadsFinding(on, ranked, attend == null ? null : AttendFile.read(attend), seed),
        prompt.interventions());
  }

  @Override
  protected String text(HeadsResult result, int columns) {
    return HeadsText.of(result, columns);
  }
}
