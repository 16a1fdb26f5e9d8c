package io.lexiscope.cli.flow;

import io.lexiscope.analysis.flow.FlowEffects;
import io.lexiscope.analysis.flow.FlowKind;
import io.lexiscope.analysis.flow.FlowNode;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.LayerOptions;
import io.lexiscope.cli.terminal.OutputFiles;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.TargetOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.flow.FlowMode;
import io.lexiscope.workbench.flow.FlowReadout;
import io.lexiscope.workbench.flow.FlowRequest;
import io.lexiscope.workbench.flow.FlowResult;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `flow`: the forward pass as a graph.
@Command(
    name = "flow",
    description =
        "The forward pass as a graph: which heads, values, MLPs and neurons a prediction was made of.")
public final class FlowCommand extends WorkbenchCommand<FlowResult> {
  private static final int SHOWN = 25;
  private static final int WORDS = 3;

  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Mixin private final TargetOptions pair = new TargetOptions();

  @Mixin private final LayerOptions layers = new LayerOptions();

  @Option(
      names = "--position",
      paramLabel = "P",
      description = "of the prediction, from 0; negatives from the end (default: -1)")
  private @Nullable Integer position;

  @Option(
      names = "--nodes",
      paramLabel = "SHARE",
      description = "share of the influence that is shown (default: 0.8)")
  private @Nullable Double nodes;

  @Option(
      names = "--edges",
      paramLabel = "SHARE",
      description = "share of what goes into a head or MLP that is shown (default: 0.98)")
  private @Nullable Double edges;

  @Option(
      names = "--max-heads",
      paramLabel = "K",
      description = "at most K heads of a layer (default: 12)")
  private @Nullable Integer maxHeads;

  @Option(
      names = "--max-neurons",
      paramLabel = "K",
      description = "at most K neurons of an MLP (default: 5)")
  private @Nullable Integer maxNeurons;

  @Option(names = "--top", paramLabel = "K", description = "K words of each reading (default: 5)")
  private @Nullable Integer top;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "influence: what the prediction draws on; visit: blocks at one position as Katz and"
              + " Belinkov 2023 publish them (default: influence)")
  private @Nullable FlowMode mode;

  @Option(
      names = "--effects",
      description = "switch each shown head and MLP off, to see what that does")
  private boolean effects;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write the graph as JSON")
  private @Nullable Path file;

  public FlowCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<FlowResult> request() {
    if (file != null && !file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
      throw new UsageException(
          "-o: expected a name that ends in .json, got "
              + file
              + "; pictures and a page of its own are saved from the workbench's Flow view");
    }
    OutputFiles.requireFolder("-o", file);
    return new FlowRequest(
        model.choice(),
        prompt.prompt(),
        new FlowReadout(
            layers.layers(),
            position,
            pair.target(),
            pair.against(),
            nodes,
            edges,
            maxHeads,
            maxNeurons,
            top,
            effects ? Boolean.TRUE : null,
            mode),
        prompt.interventions());
  }

  @Override
  protected void done(FlowResult result) {
    if (file != null) {
      OutputFiles.write(file, ViewJson.writePretty(result) + "\n");
    }
  }

  @Override
  protected String text(FlowResult result, int columns) {
    Map<String, Double> measured = new HashMap<>();
    FlowEffects found = result.effects();
    if (found != null) {
      found.nodes().forEach(effect -> measured.put(effect.id(), effect.logits()));
    }
    TextTable table =
        found == null
            ? new TextTable("node", "at", ">influence", ">push", ">norm", "writes")
            : new TextTable("node", "at", ">influence", ">push", ">norm", "writes", ">off: logit");
    List<FlowNode> shown =
        result.nodes().stream()
            .filter(
                node ->
                    node.kind() == FlowKind.HEAD
                        || node.kind() == FlowKind.MLP
                        || node.kind() == FlowKind.EMBED)
            .sorted(Comparator.comparingDouble((FlowNode node) -> -node.influence()))
            .limit(SHOWN)
            .toList();
    for (FlowNode node : shown) {
      Double push = node.push();
      Double effect = measured.get(node.id());
      String[] row = {
        node.label(),
        node.position() + " " + Text.token(result.header().tokens().get(node.position()).text()),
        Text.number(100 * node.influence(), 1) + " %",
        push == null ? "" : Text.signed(push, 2),
        Text.number(node.norm(), 1),
        words(node),
        effect == null ? "" : Text.signed(-effect, 2)
      };
      table.row((Object[]) (found == null ? java.util.Arrays.copyOf(row, 6) : row));
    }
    return String.format(
        Locale.ROOT,
        "%s%n%n%s%n%,d nodes, %,d edges; %s of the influence shown, inputs of shown nodes %s complete; logit %s relative to %s%s",
        result.sentence(),
        table,
        result.nodes().size(),
        result.edges().size(),
        Text.number(100 * result.totals().through(), 0) + " %",
        Text.number(100 * result.totals().complete(), 0) + " %",
        Text.signed(result.totals().logit(), 2),
        result.baseline(),
        found == null ? "" : agreement(found));
  }

  private static String agreement(FlowEffects found) {
    return String.format(
        Locale.ROOT,
        "%neffects by switching off: correlation with the pushes %s, of their sizes with the influence %s",
        number(found.correlation()),
        number(found.influenceCorrelation()));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "n/a (too few nodes)" : Text.number(value, 2);
  }

  private static String words(FlowNode node) {
    List<TokenReading> top = node.top() == null ? List.of() : node.top();
    return top.stream()
        .limit(WORDS)
        .map(word -> Text.token(word.text()) + " " + Text.probability(word.probability()))
        .collect(Collectors.joining(", "));
  }
}
