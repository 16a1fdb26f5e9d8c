package io.lexiscope.cli.search;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.search.IndexRequest;
import io.lexiscope.workbench.search.IndexResult;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `index`: builds what `search` searches.
@Command(
    name = "index",
    description =
        "Builds the index that search reads: every neuron's value vector, the main directions of every head, the biases.")
public final class IndexCommand extends WorkbenchCommand<IndexResult> {
  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description =
          "a text on which to measure how often each neuron fires; an index of its own, which `search --corpus FILE` reads")
  private @Nullable Path corpus;

  @Option(names = "--rebuild", description = "build though it is there")
  private boolean rebuild;

  public IndexCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<IndexResult> request() {
    Path file = corpus;
    return new IndexRequest(
        model.choice(),
        file == null ? null : PromptOptions.read(file),
        file == null ? null : String.valueOf(file.getFileName()),
        rebuild);
  }

  @Override
  protected String text(IndexResult result, int columns) {
    var index = result.index();
    String corpus =
        index.corpus() == null
            ? "without firing rates (--corpus FILE measures them)"
            : String.format(
                Locale.ROOT,
                "firing rates over %,d positions of %s",
                index.positions(),
                index.corpus());
    String made =
        index.built()
            ? String.format(
                Locale.ROOT, "built in %.1f s (%.1f GFLOP/s)", result.seconds(), result.gigaflops())
            : "there already (--rebuild makes it anew)";
    return String.format(
        Locale.ROOT,
        "%s: %,d vectors, %d words at each end of each, %s%n%s%n%s, in %s",
        result.model(),
        index.vectors(),
        index.words(),
        Text.bytes(index.bytes()),
        corpus,
        made,
        result.folder());
  }
}
