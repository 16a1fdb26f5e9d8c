package io.lexiscope.cli.train;

import io.lexiscope.base.Estimate;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.train.EvaluateRequest;
import io.lexiscope.workbench.train.EvaluateResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `evaluate`: the quality of a model on its task.
@Command(
    name = "evaluate",
    description =
        "The quality of a bundled or trained model on the held-out questions of its task.")
public final class EvaluateCommand extends WorkbenchCommand<EvaluateResult> {
  @Parameters(
      arity = "0..1",
      paramLabel = "RECIPE",
      description = "whose task is asked (default: the recipe in the model's folder)")
  private @Nullable String recipe;

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  public EvaluateCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<EvaluateResult> request() {
    return new EvaluateRequest(model.choice(), recipe, interventions.specs());
  }

  @Override
  protected String text(EvaluateResult result, int columns) {
    return result.model() + "\n" + table(result.metrics());
  }

  static String table(Map<String, Estimate> metrics) {
    if (metrics.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable("measure", ">value", ">95 % interval", ">questions");
    metrics.forEach(
        (name, metric) ->
            table.row(
                name,
                Text.number(metric.value(), 4),
                Text.number(metric.low(), 4) + " – " + Text.number(metric.high(), 4),
                Text.count(metric.n())));
    return table.toString();
  }
}
