package io.lexiscope.cli.values;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.LayerOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.values.TraceValuesRequest;
import io.lexiscope.workbench.values.TraceValuesResult;
import io.lexiscope.workbench.values.TracedValueView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trace-values`: where a model keeps the numbers that it computes with.
@Command(
    name = "trace-values",
    description =
        "Where a model keeps the numbers that it computes with (Matsumoto et al. 2022): principal"
            + " components, regressions and circles, with controls.")
public final class TraceValuesCommand extends WorkbenchCommand<TraceValuesResult> {
  @Mixin private final ValueTaskOptions task = new ValueTaskOptions();

  @Mixin private final LayerOptions layers = new LayerOptions();

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  @Option(
      names = "--joined",
      negatable = true,
      description = "read all positions as one vector too, as published (default: yes)")
  private @Nullable Boolean joined;

  @Option(
      names = "--causal",
      negatable = true,
      description = "move each value where it is read best, for a verdict (default: yes)")
  private @Nullable Boolean causal;

  public TraceValuesCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<TraceValuesResult> request() {
    return new TraceValuesRequest(
        model.choice(),
        task.task(),
        task.at(),
        layers.layers(),
        joined,
        causal,
        task.seed(),
        interventions.specs());
  }

  @Override
  protected String text(TraceValuesResult result, int columns) {
    var table =
        new TextTable(
            ">layer",
            "where",
            "value",
            ">|r|",
            ">comp",
            ">partial",
            ">ridge",
            ">pls",
            ">circle",
            ">random",
            "verdict");
    result.layers().stream()
        .filter(row -> row.position() == null || row.verdict() != null)
        .forEach(row -> add(table, result, row));
    return result.finding()
        + "\n\n"
        + (result.notJoined() == null ? "" : result.notJoined() + "\n\n")
        + table;
  }

  private static void add(TextTable table, TraceValuesResult result, TracedValueView row) {
    Integer position = row.position();
    table.row(
        row.layer(),
        position == null
            ? "joined"
            : position + " " + Text.token(result.header().tokens().get(position).text()),
        row.value(),
        Text.number(Math.abs(row.pearson()), 2),
        row.component(),
        Text.number(row.partial(), 2),
        Text.number(row.ridge(), 3),
        Text.number(row.pls(), 3),
        row.circles().isEmpty()
            ? "–"
            : Text.number(
                row.circles().stream().mapToDouble(c -> c.explained()).max().orElse(0), 2),
        Text.number(row.random(), 2),
        row.verdict() == null ? "" : row.verdict());
  }
}
