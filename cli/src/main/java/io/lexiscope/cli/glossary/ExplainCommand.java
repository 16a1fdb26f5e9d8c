package io.lexiscope.cli.glossary;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.glossary.ExplainRequest;
import io.lexiscope.workbench.glossary.ExplainResult;
import io.lexiscope.workbench.glossary.GlossaryTerm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `explain`: what a term means.
@Command(
    name = "explain",
    description = "What a term of these pages means; without one, all terms in a line each.")
public final class ExplainCommand extends WorkbenchCommand<ExplainResult> {
  private static final int WIDEST = 96;

  @Parameters(
      arity = "0..*",
      paramLabel = "TERM",
      description = "such as residual stream, or ablation; quotes are not needed")
  private @Nullable List<String> term;

  public ExplainCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<ExplainResult> request() {
    return new ExplainRequest(term == null || term.isEmpty() ? null : String.join(" ", term));
  }

  @Override
  protected String text(ExplainResult result, int columns) {
    if (term == null || term.isEmpty()) {
      TextTable table = new TextTable("term", "what it means");
      result.terms().forEach(one -> table.row(one.name(), one.meaning()));
      return table.toString();
    }
    StringBuilder text = new StringBuilder();
    for (GlossaryTerm one : result.terms()) {
      List<String> lines = new ArrayList<>();
      lines.add(one.name() + named(" (also: ", one.also(), ")"));
      lines.addAll(folded(one.meaning(), columns));
      lines.addAll(folded(one.more(), columns));
      lines.addAll(folded(named("see: ", one.see(), ""), columns));
      text.append(String.join("\n", lines)).append('\n');
    }
    return text.toString();
  }

  private static String named(String before, @Nullable List<String> names, String after) {
    return names == null ? "" : before + String.join(", ", names) + after;
  }

  /// A text in lines that fit, set in by two; none for an empty one.
  private static List<String> folded(String text, int columns) {
    int width = Math.min(columns, WIDEST) - 2;
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && Text.width(line + " " + word) > width) {
        lines.add("  " + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add("  " + line);
    }
    return lines;
  }
}
