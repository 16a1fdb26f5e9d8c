package io.lexiscope.cli.events;

import io.lexiscope.analysis.events.FunctionalGroupView;
import io.lexiscope.analysis.events.FunctionalGroupsView;
import io.lexiscope.analysis.ffn.EventsApart;
import io.lexiscope.analysis.ffn.FfnEventKind;
import io.lexiscope.base.Estimate;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.PromptSetOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.events.EventLayerView;
import io.lexiscope.workbench.events.EventScoresView;
import io.lexiscope.workbench.events.EventsRequest;
import io.lexiscope.workbench.events.EventsResult;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `events`: saturation and elimination over a corpus.
@Command(
    name = "events",
    description =
        "Where leading words rise and fall over a corpus, and which sub-updates do it (Geva et al."
            + " 2022, Tables 4, 9, 10, Figures 3, 6).")
public final class EventsCommand extends WorkbenchCommand<EventsResult> {
  private static final int WORDS = 5;

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  @Mixin private final PromptSetOptions prompts = new PromptSetOptions();

  @Option(
      names = "--groups",
      arity = "0..1",
      fallbackValue = "0",
      paramLabel = "K",
      description =
          "find the groups of value vectors behind extreme scores among K clusters (without K: a"
              + " tenth of the vectors), and switch each off")
  private @Nullable Integer groups;

  @Option(
      names = {"-n", "--examples"},
      paramLabel = "N",
      description = "most prompts to look at (default: 2000)")
  private @Nullable Integer examples;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = "score beyond which a value vector counts as extreme (default: 10)")
  private @Nullable Double threshold;

  public EventsCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<EventsResult> request() {
    return new EventsRequest(
        model.choice(),
        prompts.data(),
        /* prompts= */ null,
        examples,
        threshold,
        groups,
        prompts.seed(),
        interventions.specs());
  }

  @Override
  protected String text(EventsResult result, int columns) {
    TextTable scores =
        new TextTable("scores of ten", "event", ">events", ">max", ">mean", ">min", ">mean size");
    for (EventScoresView row : result.scores()) {
      scores.row(
          row.subUpdates(),
          row.event() == FfnEventKind.SATURATION ? "saturation" : "elimination",
          Text.count(row.scores().max().n()),
          interval(row.scores().max(), 2),
          interval(row.scores().mean(), 2),
          interval(row.scores().min(), 2),
          interval(row.scores().size(), 3));
    }
    TextTable layers =
        new TextTable(
            ">layer",
            ">saturates here, %",
            ">max score",
            ">mean",
            ">min",
            ">share of ten, %",
            ">of random ten");
    for (EventLayerView row : result.layers()) {
      layers.row(
          row.layer(),
          interval(times100(row.saturated()), 1),
          Text.number(row.leading().max().value(), 2),
          Text.number(row.leading().mean().value(), 2),
          Text.number(row.leading().min().value(), 2),
          interval(times100(row.share()), 1),
          Text.number(100 * row.randomShare().value(), 2));
    }
    String text =
        String.format(
            Locale.ROOT,
            "%s examples (%s): %s and %s%n%s%n%n%s%n%s%nan oracle that"
                + " stops at the saturation layer saves %s of %d layers%n%s value vectors (%.2f %%)"
                + " score beyond ±%s for a leading word%nscores by the lens “%s”; 95 %% intervals;"
                + " layer rows score the word that led before the layer; %.1f s",
            Text.count(result.examples()),
            result.corpus(),
            Text.counted(result.saturations(), "saturation"),
            Text.counted(result.eliminations(), "elimination"),
            apart(result.apart()),
            scores,
            layers,
            interval(result.savedLayers(), 2),
            result.layers().size(),
            Text.count(result.extremeVectors()),
            100 * result.extremeShare(),
            result.threshold(),
            result.scoredBy().description(),
            result.seconds());
    return text + groups(result);
  }

  private static String apart(EventsApart apart) {
    return String.format(
        Locale.ROOT,
        "an elimination is the fall of a leading word that is not the position's own token; as"
            + " published: %s%napart: %s of one token, %s that end in an attention sink",
        Text.count(apart.published()),
        Text.counted(apart.oneToken(), "prompt"),
        Text.counted(apart.sinks(), "prompt"));
  }

  private String groups(EventsResult result) {
    FunctionalGroupsView found = result.groups();
    if (found == null) {
      return groups == null
          ? ""
          : "%n%nno groups: no score passes ±%s; lower --threshold".formatted(result.threshold());
    }
    TextTable table =
        new TextTable(
            ">cluster",
            ">vectors",
            "layers",
            ">extremes, %",
            ">score",
            ">short, %",
            ">settled, %",
            ">off: other answer, %",
            ">random, %",
            ">Δ log p",
            ">random",
            "promotes");
    for (FunctionalGroupView group : found.groups()) {
      table.row(
          group.cluster(),
          group.neurons().size(),
          layers(group),
          Text.number(100 * group.share(), 1),
          Text.number(group.score(), 1),
          Text.number(100 * group.shortPrompts(), 0),
          Text.number(100 * group.settled(), 0),
          Text.number(100 * group.changed().value(), 1),
          Text.number(100 * group.changedRandom().value(), 1),
          Text.number(group.logProbability().value(), 3),
          Text.number(group.logProbabilityRandom().value(), 3),
          group.role()
              + ": "
              + group.top().stream()
                  .limit(WORDS)
                  .map(word -> Text.token(word.text()))
                  .collect(Collectors.joining(" ")));
    }
    return String.format(
        Locale.ROOT,
        "%n%ngroups of value vectors behind %s extreme scores, of %s clusters; those that cover"
            + " %.0f %% hold %s vectors (%.2f %%)%n%soff: all members at 0, on %s of the prompts;"
            + " random: as many other neurons of the same layers; short: prompts of up to 3 tokens",
        Text.count(found.appearances()),
        Text.count(found.clusters()),
        100.0 * found.covered() / found.appearances(),
        Text.count(found.vectors()),
        100 * found.ofAll(),
        table,
        found.prompts());
  }

  /// Layers of the members, such as `0, 3–5`.
  private static String layers(FunctionalGroupView group) {
    int[] layers =
        group.neurons().stream()
            .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf('N'))))
            .distinct()
            .sorted()
            .toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < layers.length; i++) {
      int first = i;
      while (i + 1 < layers.length && layers[i + 1] == layers[i] + 1) {
        i++;
      }
      text.append(text.isEmpty() ? "" : ", ").append(layers[first]);
      text.append(i == first ? "" : "–" + layers[i]);
    }
    return text.toString();
  }

  private static Estimate times100(Estimate estimate) {
    return new Estimate(
        100 * estimate.value(), 100 * estimate.low(), 100 * estimate.high(), estimate.n());
  }

  private static String interval(Estimate estimate, int digits) {
    if (estimate.n() == 0) {
      return "none";
    }
    return Double.isFinite(estimate.low())
        ? Text.number(estimate.value(), digits)
            + " ("
            + Text.number(estimate.low(), digits)
            + " – "
            + Text.number(estimate.high(), digits)
            + ")"
        : Text.number(estimate.value(), digits);
  }
}
