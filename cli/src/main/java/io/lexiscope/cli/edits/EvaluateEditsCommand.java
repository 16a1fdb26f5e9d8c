package io.lexiscope.cli.edits;

import io.lexiscope.analysis.edit.EditSchedule;
import io.lexiscope.base.Estimate;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.edits.EvaluateEditsPlan;
import io.lexiscope.workbench.edits.EvaluateEditsRequest;
import io.lexiscope.workbench.edits.EvaluateEditsResult;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evaluate-edits`: how well edits of a file of cases go.
@Command(
    name = "evaluate-edits",
    description = "Makes the edits of a file of cases and asks before and after each.")
public final class EvaluateEditsCommand extends WorkbenchCommand<EvaluateEditsResult> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "cases in the short form of CounterFact")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String data;

  @Mixin private final EditOptions how = new EditOptions();

  @Option(
      names = "--cases",
      paramLabel = "N",
      description = "N of the cases, evenly spread (default: all)")
  private @Nullable Integer cases;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "independent (default: each on the model as it was) or sequential")
  private @Nullable EditSchedule schedule;

  @Option(names = "--others", description = "ask every other case's fact after each edit")
  private boolean others;

  @Option(
      names = "--perplexity",
      paramLabel = "N",
      description =
          "positions of the default text whose perplexity is taken, 0 for none (default: 512)")
  private @Nullable Integer perplexity;

  @Option(
      names = "--fluency",
      paramLabel = "N",
      description = "tokens generated for the entropy of n-grams (default: 0)")
  private @Nullable Integer fluency;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "folder that keeps each case as it is done; the same command goes on from it")
  private @Nullable String folder;

  public EvaluateEditsCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<EvaluateEditsResult> request() {
    return new EvaluateEditsRequest(
        model.choice(),
        data,
        how.how(),
        new EvaluateEditsPlan(cases, schedule, others ? Boolean.TRUE : null, perplexity, fluency),
        folder);
  }

  @Override
  protected String text(EvaluateEditsResult result, int columns) {
    TextTable table = new TextTable("number", ">value", ">from", ">to", ">cases");
    for (Map.Entry<String, Estimate> one : result.metrics().entrySet()) {
      Estimate number = one.getValue();
      table.row(
          one.getKey(),
          Text.number(number.value(), 3),
          Text.number(number.low(), 3),
          Text.number(number.high(), 3),
          number.n());
    }
    return String.format(
        Locale.ROOT,
        "%s%n%s, %s; perplexity before %s; %.0f s",
        table,
        result.settings().get("method"),
        result.schedule().name().toLowerCase(Locale.ROOT),
        result.perplexityBefore() == null ? "not taken" : Text.number(result.perplexityBefore(), 3),
        result.seconds());
  }
}
