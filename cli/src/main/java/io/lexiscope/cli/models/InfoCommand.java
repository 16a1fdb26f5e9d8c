package io.lexiscope.cli.models;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.models.AnswerKind;
import io.lexiscope.workbench.models.InfoRequest;
import io.lexiscope.workbench.models.InfoResult;
import io.lexiscope.workbench.models.StoredWeight;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `info`: what a model is.
@Command(
    name = "info",
    description = "What the model is: family, sizes, and the places that can be read.")
public final class InfoCommand extends WorkbenchCommand<InfoResult> {
  public InfoCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<InfoResult> request() {
    return new InfoRequest(model.choice());
  }

  @Override
  protected String text(InfoResult info, int columns) {
    TextTable sizes = new TextTable("", "");
    sizes.row("family", info.family());
    sizes.row("parameters", Text.count(info.parameters()) + " (" + info.dtype() + ")");
    sizes.row("layers", info.layers());
    sizes.row("d_model", info.dModel());
    sizes.row(
        "heads",
        info.heads()
            + (info.kvHeads() == info.heads()
                ? ""
                : " (" + info.kvHeads() + " for keys and values)")
            + " × "
            + info.dHead());
    sizes.row("d_mlp", info.dMlp());
    sizes.row(
        "vocabulary", Text.count(info.vocabulary()) + (info.tied() ? ", tied" : ", not tied"));
    sizes.row("answers with", named(info.answers()));
    sizes.row("context", Text.count(info.context()) + " tokens");
    if (info.provenance().arithmetic() != null) {
      sizes.row("arithmetic", info.provenance().arithmetic());
    }
    TextTable points = new TextTable("hook point", "axes", "what it is");
    info.catalogue()
        .forEach(
            point ->
                points.row(point.pattern(), String.join(" ", point.axes()), point.description()));
    List<String> unused = info.unusedWeights() == null ? List.of() : info.unusedWeights();
    if (!unused.isEmpty()) {
      sizes.row("not used", String.join(", ", unused));
    }
    return info.model()
        + "\n"
        + sizes.toString().stripLeading().indent(2)
        + "\n"
        + points
        + stored(info.weights());
  }

  private static String named(AnswerKind answers) {
    return switch (answers) {
      case WORDS -> "words";
      case CHARACTERS -> "single characters";
      case NUMBER -> "a number";
      case CLASS -> "one of several classes";
      case VECTORS -> "vectors alone";
    };
  }

  /// How the tensors of a file are stored, those of all layers in one line.
  private static String stored(@Nullable List<StoredWeight> weights) {
    if (weights == null) {
      return "";
    }
    Map<String, Map<String, Integer>> types = new TreeMap<>();
    for (StoredWeight weight : weights) {
      types
          .computeIfAbsent(
              weight.name().replaceFirst("^blk\\.\\d+\\.", "blk.*."), _ -> new TreeMap<>())
          .merge(weight.type(), 1, Integer::sum);
    }
    TextTable table = new TextTable("tensor", "stored as");
    types.forEach(
        (name, counts) ->
            table.row(
                name,
                counts.entrySet().stream()
                    .map(
                        count ->
                            count.getKey()
                                + (count.getValue() == 1 ? "" : " × " + count.getValue()))
                    .collect(Collectors.joining(", "))));
    return "\n" + table;
  }
}
