package io.lexiscope.cli.flow;

import io.lexiscope.analysis.flow.FlowContrast;
import io.lexiscope.analysis.flow.FlowEffects;
import io.lexiscope.analysis.flow.FlowKind;
import io.lexiscope.analysis.flow.FlowLoadings;
import io.lexiscope.analysis.flow.FlowNode;
import io.lexiscope.analysis.flow.FlowOtherNode;
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
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.flow.FlowFiles;
import io.lexiscope.workbench.flow.FlowMode;
import io.lexiscope.workbench.flow.FlowOther;
import io.lexiscope.workbench.flow.FlowPicture;
import io.lexiscope.workbench.flow.FlowReadout;
import io.lexiscope.workbench.flow.FlowRequest;
import io.lexiscope.workbench.flow.FlowResult;
import io.lexiscope.workbench.flow.FlowWay;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private static final int HEADS = 5;
  private static final Set<String> FORMATS = Set.of("json", "html", "svg", "png");

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
      names = "--way",
      paramLabel = "NODE:LAYER",
      description =
          "split what a node wrote, such as L1M@5, over the heads of a layer and the way past"
              + " them")
  private @Nullable String way;

  @Option(
      names = "--other",
      paramLabel = "TEXT",
      description = "a prompt of as many tokens to hold the graph against")
  private @Nullable String other;

  @Option(
      names = "--against-plain",
      description = "hold the graph against the same without edits and interventions")
  private boolean plain;

  @Option(
      names = "--effects",
      description = "switch each shown head and MLP off, to see what that does")
  private boolean effects;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "write the graph: .json; .graph.json for viewers of attribution graphs; .html, a page"
              + " that zooms without a server; .svg; .png")
  private @Nullable Path file;

  public FlowCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<FlowResult> request() {
    if (file != null && !FORMATS.contains(extension(file))) {
      throw new UsageException(
          "-o: expected a name that ends in .json, .html, .svg or .png, got "
              + file
              + "; .graph.json is the form that viewers of attribution graphs read");
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
            mode,
            way(way)),
        other == null && !plain
            ? null
            : new FlowOther(
                other == null ? new Prompt(null, null, null, null) : Prompt.text(other),
                plain ? Boolean.TRUE : null),
        prompt.interventions());
  }

  @Override
  protected void done(FlowResult result) {
    if (file == null) {
      return;
    }
    switch (extension(file)) {
      case "png" -> FlowImage.write(FlowPicture.of(result), file);
      case "svg" -> OutputFiles.write(file, FlowFiles.svg(result));
      case "html" -> OutputFiles.write(file, FlowFiles.html(result));
      default ->
          OutputFiles.write(
              file,
              file.toString().toLowerCase(Locale.ROOT).endsWith(".graph.json")
                  ? FlowFiles.graph(result)
                  : ViewJson.writePretty(result) + "\n");
    }
  }

  private static String extension(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static @Nullable FlowWay way(@Nullable String asked) {
    if (asked == null) {
      return null;
    }
    int colon = asked.lastIndexOf(':');
    if (colon < 1 || !asked.substring(colon + 1).matches("\\d{1,6}")) {
      throw new UsageException(
          "--way: expected a node and a layer such as L1M@5:3, got "
              + asked
              + "; nodes are embed@P, LxHy@P and LxM@P");
    }
    return new FlowWay(asked.substring(0, colon), Integer.parseInt(asked.substring(colon + 1)));
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
        (found == null ? "" : agreement(found)) + loadings(result) + other(result));
  }

  private static String loadings(FlowResult result) {
    FlowLoadings split = result.loadings();
    if (split == null) {
      return "";
    }
    List<Double> heads = split.heads();
    String parts =
        IntStream.range(0, heads.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer head) -> -Math.abs(heads.get(head))))
            .limit(HEADS)
            .map(
                head -> "L%dH%d %s".formatted(split.layer(), head, Text.signed(heads.get(head), 3)))
            .collect(Collectors.joining(", "));
    return "%n%s through layer %d: %s past its heads, %s of %d; %s logits in all"
        .formatted(
            split.from(),
            split.layer(),
            Text.signed(split.bypass(), 3),
            parts,
            heads.size(),
            Text.signed(split.total(), 3));
  }

  private static String other(FlowResult result) {
    FlowContrast contrast = result.other();
    if (contrast == null) {
      return "";
    }
    Map<String, Double> there = new HashMap<>();
    for (FlowOtherNode node : contrast.nodes()) {
      if (node.push() != null) {
        there.put(node.id(), node.push());
      }
    }
    String most =
        result.nodes().stream()
            .filter(node -> node.push() != null && there.containsKey(node.id()))
            .sorted(Comparator.comparingDouble((FlowNode node) -> -Math.abs(gain(node, there))))
            .limit(HEADS)
            .map(node -> node.label() + " " + Text.signed(gain(node, there), 2))
            .collect(Collectors.joining(", "));
    return "%nagainst the other run: logit %s there; pushes that differ most: %s"
        .formatted(Text.signed(contrast.totals().logit(), 2), most);
  }

  private static double gain(FlowNode node, Map<String, Double> there) {
    Double push = node.push();
    return (push == null ? 0 : push) - there.getOrDefault(node.id(), 0.0);
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
