package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Feed-forward parts of a run taken apart into sub-updates, scored for a word: which neuron pushed
/// which word.
///
/// @param layers one per position and layer asked for, positions first
/// @param events saturations and eliminations at the positions asked for
/// @param rankedBy the convention that events are found by
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §3 and §5.1</a>
public record FfnReport(
    List<FfnLayerView> layers, List<FfnEventView> events, LensConvention rankedBy) {
  /// Copies the lists.
  public FfnReport {
    layers = List.copyOf(layers);
    events = List.copyOf(events);
  }

  /// Runs tokens and takes the feed-forward parts apart, at once.
  ///
  /// @throws FfnException as below
  public static FfnReport of(LanguageModel model, TokenIds ids, FfnQuestion question) {
    return of(model, ids, question, Turn.immediately());
  }

  /// Runs tokens and takes the feed-forward parts apart.
  ///
  /// @param model with what is in force
  /// @param turn is asked before each piece of native work, and hears how far the work is
  /// @throws FfnException if the model has no such place
  /// @throws io.lexiscope.analysis.lens.LensException if the model cannot be read by the convention
  public static FfnReport of(LanguageModel model, TokenIds ids, FfnQuestion question, Turn turn) {
    Map<Integer, NullBand> bands = bands(model, question, turn);
    return turn.take(
        () -> {
          try (Run run = model.run(ids, FfnSubUpdates.recording(model))) {
            return of(run, question, bands, turn);
          }
        });
  }

  /// Null bands of the layers asked about, by layer; none where none are asked for.
  ///
  /// @param turn is asked before each layer
  public static Map<Integer, NullBand> bands(LanguageModel model, FfnQuestion asked, Turn turn) {
    Map<Integer, NullBand> bands = new HashMap<>();
    FfnQuestion.Counts counts = asked.counts();
    if (counts.nullVectors() > 0 && counts.top() > 0) {
      for (int layer : asked.places().layers()) {
        bands.put(
            layer,
            turn.take(
                () ->
                    NullBand.of(
                        model,
                        asked.convention(),
                        asked.words().baseline(),
                        new NullBand.Draw(layer, counts.nullVectors(), counts.seed()))));
      }
    }
    return bands;
  }

  /// Takes the feed-forward parts of a run apart.
  ///
  /// @param run made with [FfnSubUpdates#recording]
  /// @param bands of its model, from [#bands]
  /// @param turn hears how far the work is, and lets others pass; the caller has it
  /// @throws FfnException if the model has no such place
  public static FfnReport of(Run run, FfnQuestion asked, Map<Integer, NullBand> bands, Turn turn) {
    FfnSubUpdates start = FfnSubUpdates.of(run, asked.convention()).above(asked.words().baseline());
    Integer target = asked.words().target();
    Integer against = asked.words().against();
    if (target != null) {
      start = start.toward(new LensTarget.Id(target));
    }
    FfnTracer tracer = FfnTracer.of(run);
    List<FfnLayerView> layers = new ArrayList<>();
    List<FfnEventView> events = new ArrayList<>();
    List<Integer> positions = asked.places().positions();
    for (int i = 0; i < positions.size(); i++) {
      turn.progress(i, positions.size(), "positions");
      FfnSubUpdates there = start.at(positions.get(i));
      int word = there.target();
      FfnSubUpdates scored = there.toward(new LensTarget.Id(word));
      layers.addAll(
          layers(
              run,
              against == null ? scored : scored.against(new LensTarget.Id(against)),
              asked,
              bands));
      for (FfnEvent event : tracer.events(positions.get(i), scored)) {
        events.add(event(run.model(), event));
      }
      turn.letOthersPass();
    }
    return new FfnReport(layers, events, tracer.convention());
  }

  private static List<FfnLayerView> layers(
      Run run, FfnSubUpdates scored, FfnQuestion asked, Map<Integer, NullBand> bands) {
    LanguageModel model = run.model();
    int word = scored.target();
    Integer against = asked.words().against();
    List<Integer> followed = against == null ? List.of(word) : List.of(word, against);
    FfnWords words = FfnWords.of(scored);
    List<FfnWords.Place> places =
        asked.places().layers().stream()
            .map(layer -> new FfnWords.Place(layer, scored.position()))
            .toList();
    List<FfnWords.States> states = words.states(places, asked.counts().words(), followed);
    double scale = scored.frozenScale();
    List<FfnAccount> accounts = asked.places().layers().stream().map(scored::layer).toList();
    List<List<SubUpdate>> listed =
        accounts.stream()
            .map(
                account ->
                    switch (asked.counts().order()) {
                      case DOMINANCE -> account.dominant(asked.counts().top());
                      case SCORE -> account.strongest(asked.counts().top());
                    })
            .toList();
    var readings =
        words
            .values(
                scored.position(),
                listed.stream().flatMap(List::stream).map(SubUpdate::neuron).toList(),
                asked.counts().words())
            .iterator();
    List<FfnLayerView> layers = new ArrayList<>();
    for (int i = 0; i < accounts.size(); i++) {
      FfnAccount account = accounts.get(i);
      NullBand band = bands.get(account.layer());
      List<SubUpdateView> views =
          listed.get(i).stream()
              .map(update -> subUpdate(update, readings.next(), band, scale))
              .toList();
      double sum = listed.get(i).stream().mapToDouble(SubUpdate::score).sum();
      layers.add(
          new FfnLayerView(
              account.layer(),
              account.position(),
              TokenView.of(model.tokenizer(), word),
              state(states.get(i).before(), against != null),
              views,
              state(states.get(i).after(), against != null),
              balance(account.closing().logits(), sum),
              account.size(),
              listed.get(i).stream().mapToDouble(SubUpdate::share).sum(),
              account.closing().biasNorm(),
              account.closing().residualError()));
    }
    return layers;
  }

  private static FfnStateView state(VectorReading reading, boolean pair) {
    return new FfnStateView(
        reading.norm(),
        reading.entropy() / Math.log(2),
        reading.top(),
        Math.max(0, 1 - reading.top().stream().mapToDouble(TokenReading::probability).sum()),
        reading.targets().getFirst(),
        pair ? reading.targets().getLast() : null);
  }

  /// @param scale divisor of the norm that the lens froze, 1 without
  private static SubUpdateView subUpdate(
      SubUpdate update, VectorReading words, @Nullable NullBand band, double scale) {
    double length = update.norm() / scale;
    return new SubUpdateView(
        update.neuron().index(),
        update.neuron().toString(),
        update.coefficient(),
        update.norm(),
        update.dominance(),
        update.share(),
        update.score(),
        update.reversed(),
        words.top(),
        words.bottom(),
        band == null ? null : band.topFor(length),
        band == null ? null : band.bottomFor(length));
  }

  /// @param listed sum of the scores of the sub-updates that the result lists
  private static FfnBalanceView balance(FfnAccount.Logits logits, double listed) {
    return new FfnBalanceView(
        logits.before(),
        listed,
        logits.subUpdates() - listed,
        logits.bias(),
        logits.intervention(),
        logits.after(),
        logits.change(),
        logits.error());
  }

  private static FfnEventView event(LanguageModel model, FfnEvent event) {
    var scores = event.scores();
    return new FfnEventView(
        event.kind(),
        event.place().layer(),
        event.place().position(),
        TokenView.of(model.tokenizer(), event.word()),
        event.ranks().before(),
        event.ranks().after(),
        scores.getMax(),
        scores.getAverage(),
        scores.getMin(),
        event.responsible().stream()
            .map(
                update ->
                    new EventSubUpdate(
                        update.neuron().index(),
                        update.neuron().toString(),
                        update.coefficient(),
                        update.dominance(),
                        update.score()))
            .toList());
  }
}
