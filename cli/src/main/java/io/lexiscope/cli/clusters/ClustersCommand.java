package io.lexiscope.cli.clusters;

import io.lexiscope.analysis.cluster.Linkage;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.clusters.ClusterView;
import io.lexiscope.workbench.clusters.ClustersRequest;
import io.lexiscope.workbench.clusters.ClustersResult;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `clusters`: groups of value vectors.
@Command(
    name = "clusters",
    description =
        "Groups those value vectors of all layers that point the same way more than chance lets them.")
public final class ClustersCommand extends WorkbenchCommand<ClustersResult> {
  /// Columns that the other cells of a row take, and the fewest that its words get.
  private static final int BESIDE = 57;

  private static final int NARROWEST = 24;
  private static final int SHOWN_NEURONS = 4;

  @Option(
      names = {"-k", "--clusters"},
      paramLabel = "K",
      description =
          "into how many the vectors are parted, before those no closer than chance leave them (default: parted at that distance)")
  private @Nullable Integer k;

  @Option(
      names = "--linkage",
      paramLabel = "L",
      description = "complete (largest distance, the default) or average")
  private @Nullable Linkage linkage;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description = "most mebibytes to take (default: 1024)")
  private @Nullable Integer memory;

  @Option(names = "--top", paramLabel = "N", description = "words of each cluster (default: 10)")
  private @Nullable Integer top;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "clusters in the table (default: 20; JSON has all)")
  private int limit = 20;

  public ClustersCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<ClustersResult> request() {
    if (limit < 0) {
      throw new UsageException("-n: expected 0 or more clusters, got " + limit);
    }
    return new ClustersRequest(model.choice(), k, linkage, memory, top);
  }

  @Override
  protected String text(ClustersResult result, int columns) {
    TextTable table = new TextTable(">cluster", ">size", ">cohesion", "promotes", "neurons");
    for (ClusterView cluster :
        result.clusters().subList(0, Math.min(limit, result.clusters().size()))) {
      table.row(
          cluster.id(),
          cluster.size(),
          String.format(Locale.ROOT, "%.3f", cluster.cohesion()),
          Text.fit(
              cluster.top().stream()
                  .map(word -> Text.token(word.text()))
                  .collect(Collectors.joining(" ")),
              Math.max(NARROWEST, columns - BESIDE)),
          cluster.neurons().stream().limit(SHOWN_NEURONS).collect(Collectors.joining(" "))
              + (cluster.size() > SHOWN_NEURONS ? " …" : ""));
    }
    int shown = Math.min(limit, result.clusters().size());
    return String.format(
        Locale.ROOT,
        "%s%n%d of %s, largest first, of vectors with a cosine beyond %.3f, which is closer than chance; %,d of %,d vectors (%.1f %%) are in none%nvectors less their mean; %s linkage of cosine distances, %s, %.1f s, at most %s",
        table,
        shown,
        Text.counted(result.clusters().size(), "cluster"),
        result.closerThan(),
        result.inNone(),
        result.vectors(),
        100.0 * result.inNone() / result.vectors(),
        result.linkage().name().toLowerCase(Locale.ROOT),
        result.exact()
            ? "exact"
            : String.format(
                Locale.ROOT,
                "from a sample of %,d vectors (--memory allows more)",
                result.sampled()),
        result.seconds(),
        Text.bytes(result.memoryBytes()));
  }
}
