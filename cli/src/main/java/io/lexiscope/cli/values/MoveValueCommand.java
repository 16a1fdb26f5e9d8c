package io.lexiscope.cli.values;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.values.DoseView;
import io.lexiscope.workbench.values.MovePlace;
import io.lexiscope.workbench.values.MoveValueRequest;
import io.lexiscope.workbench.values.MoveValueResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `move-value`: what a model answers when a number inside it is moved.
@Command(
    name = "move-value",
    description =
        "What a model answers when a number inside it is moved along a direction (Matsumoto et al."
            + " 2022), beside what it answers when the number stands in the prompt.")
public final class MoveValueCommand extends WorkbenchCommand<MoveValueResult> {
  @Mixin private final ValueTaskOptions task = new ValueTaskOptions();

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  @Option(
      names = "--value",
      paramLabel = "NAME",
      description = "which is moved, such as b-c (default: the first)")
  private @Nullable String value;

  @Option(
      names = "--layer",
      paramLabel = "L",
      description = "from 0, negative from the end (default: 0)")
  private @Nullable Integer layer;

  @Option(
      names = "--position",
      paramLabel = "P",
      description = "from 0, negative from the end (default: all joined)")
  private @Nullable Integer position;

  @Option(
      names = "--direction",
      paramLabel = "KIND",
      description = "pattern (how activations follow the value, the default), component or ridge")
  private @Nullable String direction;

  @Option(names = "--moved", paramLabel = "N", description = "prompts that are moved (default: 40)")
  private @Nullable Integer moved;

  @Option(names = "--doses", paramLabel = "N", description = "wanted values (default: 21)")
  private @Nullable Integer doses;

  public MoveValueCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<MoveValueResult> request() {
    return new MoveValueRequest(
        model.choice(),
        task.task(),
        value,
        new MovePlace(task.at(), layer, position, direction),
        moved,
        doses,
        task.seed(),
        interventions.specs());
  }

  @Override
  protected String text(MoveValueResult result, int columns) {
    var table =
        new TextTable(
            ">" + result.value(), ">score", ">moved", ">rewritten", ">published", ">random", "");
    for (DoseView dose : result.curve()) {
      Double rewritten = dose.rewritten();
      table.row(
          Text.number(dose.value(), 0),
          Text.number(dose.score(), 2),
          Text.number(dose.output(), 3),
          rewritten == null ? "–" : Text.number(rewritten, 3),
          Text.number(dose.published(), 3),
          Text.number(dose.random(), 3),
          dose.inside() ? "" : "outside");
    }
    return result.finding() + "\n\n" + table;
  }
}
