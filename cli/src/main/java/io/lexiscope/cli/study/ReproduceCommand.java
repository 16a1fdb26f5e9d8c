package io.lexiscope.cli.study;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.study.ReproduceRequest;
import io.lexiscope.workbench.study.ReproduceResult;
import io.lexiscope.workbench.study.StudyCheckView;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reproduce`: a paper's study, measured beside published.
@Command(
    name = "reproduce",
    description =
        "Repeats a paper's study on a model: every published number beside the measured one.")
public final class ReproduceCommand extends WorkbenchCommand<ReproduceResult> {
  @Parameters(
      paramLabel = "PAPER",
      description = "which study: ffn-concepts, inversion, value-tracing or flow-graph")
  @SuppressWarnings("NullAway.Init") // required
  private String paper;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "writes the report there, in HTML and JSON")
  private @Nullable String report;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "text to take prompts from (the paper: WikiText-103, validation)")
  private @Nullable String data;

  @Option(
      names = "--perplexity",
      paramLabel = "FILE",
      description = "text whose perplexity is taken (the paper: WikiText-2 raw, test)")
  private @Nullable String perplexity;

  @Option(
      names = {"-n", "--examples"},
      paramLabel = "N",
      description = "prompts to look at (default: 2000)")
  private @Nullable Integer examples;

  @Option(
      names = "--vectors",
      paramLabel = "N",
      description = "value vectors of each layer to compare lenses on (default: 400)")
  private @Nullable Integer vectors;

  @Option(names = "--seed", paramLabel = "S", description = "seed of everything random")
  private @Nullable Long seed;

  public ReproduceCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<ReproduceResult> request() {
    return new ReproduceRequest(
        model.choice(), paper, report, data, perplexity, examples, vectors, seed);
  }

  @Override
  protected int exitCode(ReproduceResult result) {
    return result.failed() == 0 ? 0 : 1;
  }

  @Override
  protected String text(ReproduceResult result, int columns) {
    StringBuilder text = new StringBuilder();
    text.append(result.source()).append("\n\n");
    for (StudyCheckView check : result.checks()) {
      Boolean passed = check.passed();
      text.append(passed == null ? "–       " : passed ? "passed  " : "FAILED  ")
          .append(check.name())
          .append('\n');
      line(text, "published", check.published());
      line(text, "measured", check.measured());
      line(text, passed == null ? "not compared" : "allowed", check.note());
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s: %d passed, %d failed, %d not applicable; %.0f s",
            result.model(),
            result.passed(),
            result.failed(),
            result.notApplicable(),
            result.seconds()));
    result.written().forEach(file -> text.append("\nwrote ").append(file));
    return text.toString();
  }

  private static void line(StringBuilder text, String label, String value) {
    if (!value.isEmpty()) {
      text.append(String.format(Locale.ROOT, "        %-13s %s%n", label, value));
    }
  }
}
