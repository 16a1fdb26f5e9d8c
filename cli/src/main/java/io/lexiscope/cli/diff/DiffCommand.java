package io.lexiscope.cli.diff;

import io.lexiscope.analysis.diff.LeadingFactor;
import io.lexiscope.analysis.diff.MatrixDifference;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.diff.DiffRequest;
import io.lexiscope.workbench.diff.DiffResult;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `diff`: how two models of one shape differ.
@Command(
    name = "diff",
    description =
        "Reads how two models of one shape differ, or a model without and with patches, in words.")
public final class DiffCommand extends WorkbenchCommand<DiffResult> {
  /// Columns that the other cells of a row take.
  private static final int BESIDE = 34;

  private static final int NARROWEST = 24;
  private static final int SHOWN = 12;

  @Parameters(
      arity = "0..2",
      paramLabel = "MODEL",
      description = "the first and the second model; the first may be given by -m")
  private List<String> models = List.of();

  @Option(
      names = "--factors",
      paramLabel = "K",
      description = "leading factors of each matrix (default: 3)")
  private @Nullable Integer factors;

  @Option(
      names = "--leading",
      paramLabel = "K",
      description = "leading factors of the model (default: 5)")
  private @Nullable Integer leading;

  @Option(names = "--top", paramLabel = "K", description = "words of each side (default: 10)")
  private @Nullable Integer top;

  @Option(names = "--seed", paramLabel = "S", description = "seed of the control (default: 0)")
  private @Nullable Long seed;

  public DiffCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<DiffResult> request() {
    ModelChoice named = model.choice();
    int here = models.size() + (named.model() == null ? 0 : 1);
    if (here > 2) {
      throw new UsageException("diff: expected two models, got %d with -m".formatted(here));
    }
    boolean first = named.model() == null && !models.isEmpty();
    ModelChoice base =
        new ModelChoice(
            first ? models.getFirst() : named.model(),
            named.dtype(),
            named.device(),
            named.patches());
    List<String> rest = first ? models.subList(1, models.size()) : models;
    return new DiffRequest(
        base, rest.isEmpty() ? null : rest.getFirst(), factors, leading, top, seed);
  }

  @Override
  protected String text(DiffResult result, int columns) {
    StringBuilder text = new StringBuilder(result.sentence()).append('\n');
    if (!result.matrices().isEmpty()) {
      int width = Math.max(NARROWEST, (columns - BESIDE) / 2);
      text.append('\n').append(table(result.leading(), width));
      text.append("\nrandom differences of the same norms, as a control:\n");
      text.append(table(result.control(), width));
      text.append('\n').append(matrices(result.matrices()));
    }
    if (!result.others().isEmpty()) {
      TextTable table = new TextTable("other parameter", ">norm", ">relative");
      result.others().stream()
          .limit(SHOWN)
          .forEach(one -> table.row(one.name(), number(one.norm()), number(one.relative())));
      text.append('\n').append(table);
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%n%s less %s: of %d matrices of blocks %d differ, of other parameters %d",
                result.other(),
                result.model(),
                result.matrices().size() + result.unchanged(),
                result.matrices().size(),
                result.others().size()))
        .toString();
  }

  private static TextTable table(List<LeadingFactor> factors, int width) {
    TextTable table = new TextTable("matrix", ">weight", ">share", "triggered by", "says");
    for (LeadingFactor one : factors) {
      table.row(
          "L" + one.layer() + " " + one.matrix(),
          number(one.factor().weight()),
          String.format(Locale.ROOT, "%.2f", one.factor().share()),
          words(one.factor().imprintTop(), width),
          words(one.factor().shiftTop(), width));
    }
    return table;
  }

  private static TextTable matrices(List<MatrixDifference> all) {
    TextTable table = new TextTable("matrix", ">norm", ">relative", ">first factor");
    all.stream()
        .sorted(Comparator.comparingDouble((MatrixDifference one) -> -one.norm()))
        .limit(SHOWN)
        .forEach(
            one ->
                table.row(
                    "L" + one.layer() + " " + one.matrix(),
                    number(one.norm()),
                    number(one.relative()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * one.factors().getFirst().share())));
    return table;
  }

  private static String words(@Nullable List<TokenReading> words, int width) {
    return words == null
        ? "·"
        : Text.fit(
            words.stream().map(word -> Text.token(word.text())).collect(Collectors.joining(" ")),
            width);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
