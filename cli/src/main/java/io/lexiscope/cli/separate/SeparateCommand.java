package io.lexiscope.cli.separate;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.separate.SeparateRequest;
import io.lexiscope.workbench.separate.SeparateResult;
import io.lexiscope.workbench.separate.SeparatingPlaceView;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `separate`: where two groups of inputs part.
@Command(
    name = "separate",
    description =
        "Where two groups of inputs part: which places tell them apart, and how little else moves"
            + " those places.")
public final class SeparateCommand extends WorkbenchCommand<SeparateResult> {
  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  @Option(
      names = "--a",
      required = true,
      paramLabel = "FILE",
      description = "inputs of the first group, one a line, or prompts in JSON lines")
  @SuppressWarnings("NullAway.Init") // required
  private Path a;

  @Option(
      names = "--b",
      required = true,
      paramLabel = "FILE",
      description = "inputs of the second group")
  @SuppressWarnings("NullAway.Init") // required
  private Path b;

  @Option(names = "--top", paramLabel = "K", description = "places to list (default: 30)")
  private @Nullable Integer top;

  @Option(
      names = "--swaps",
      paramLabel = "K",
      description = "how many of the best places to swap (default: 12)")
  private @Nullable Integer swaps;

  public SeparateCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<SeparateResult> request() {
    return new SeparateRequest(
        model.choice(),
        a.toString(),
        b.toString(),
        /* first= */ null,
        /* second= */ null,
        top,
        swaps,
        interventions.specs());
  }

  @Override
  protected String text(SeparateResult result, int columns) {
    var table =
        new TextTable("place", ">position", ">separation", ">invariance", ">swap", "published");
    for (SeparatingPlaceView place : result.places()) {
      Double swap = place.swap();
      table.row(
          place.at(),
          place.position(),
          Text.number(place.separation(), 3),
          Text.number(place.invariance(), 3),
          swap == null ? "" : Text.number(100 * swap, 0) + " %",
          place.published() == null ? "" : place.published());
    }
    return result.finding() + "\n\n" + table;
  }
}
