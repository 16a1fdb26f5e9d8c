package io.lexiscope.cli;

import io.lexiscope.workbench.view.EstimateView;
import io.lexiscope.workbench.view.EventLayerView;
import io.lexiscope.workbench.view.EventScoresView;
import io.lexiscope.workbench.view.EventsRequest;
import io.lexiscope.workbench.view.EventsResult;
import io.lexiscope.workbench.view.FfnEventKind;
import io.lexiscope.workbench.view.Request;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `events`: saturation and elimination over a corpus.
@Command(
    name = "events",
    description =
        "Where leading words rise and fall over a corpus, and which sub-updates do it (Geva et al. 2022, Tables 4, 9, 10, Figures 3, 6).")
final class EventsCommand extends WorkbenchCommand<EventsResult> {
  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "text, of which random prefixes of random sentences are taken, or .jsonl with whole prompts (default: held-out texts of the model's own task)")
  private @Nullable String data;

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

  @Option(names = "--seed", paramLabel = "S", description = "seed of everything random")
  private @Nullable Long seed;

  EventsCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  Request<EventsResult> request() {
    return new EventsRequest(
        model.choice(),
        data,
        /* prompts= */ null,
        examples,
        threshold,
        seed,
        interventions.specs());
  }

  @Override
  String text(EventsResult result, int columns) {
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
    return String.format(
        Locale.ROOT,
        "%s examples: %s saturation and %s elimination events%n%n%s%n%s%n"
            + "an oracle that stops at the saturation layer saves %s of %d layers%n"
            + "%s value vectors (%.2f %%) score beyond ±%s for a leading word%n"
            + "scores by the lens “%s”; 95 %% intervals; layer rows score the word that led before the layer; %.1f s",
        Text.count(result.examples()),
        Text.count(result.saturations()),
        Text.count(result.eliminations()),
        scores,
        layers,
        interval(result.savedLayers(), 2),
        result.layers().size(),
        Text.count(result.extremeVectors()),
        100 * result.extremeShare(),
        result.threshold(),
        result.scoredBy().description(),
        result.seconds());
  }

  private static EstimateView times100(EstimateView estimate) {
    return new EstimateView(
        100 * estimate.value(), 100 * estimate.low(), 100 * estimate.high(), estimate.n());
  }

  private static String interval(EstimateView estimate, int digits) {
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
