package io.lexiscope.model.intervene;

import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.weights.Safetensors;
import io.lexiscope.model.weights.TensorViews;
import io.lexiscope.tensor.TensorScope;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Where the numbers come from that targets are set to, when they are not given: found once, before
/// the pass that they are for.
public sealed interface ActivationSource {

  /// The mean over texts ([MeanActivation]), the same at every position.
  ///
  /// @param texts to take it over, by the network as it is
  record MeanOver(List<TokenIds> texts) implements ActivationSource {
    /// Copies the list.
    public MeanOver {
      texts = List.copyOf(texts);
    }
  }

  /// What another prompt has there, position by position.
  ///
  /// @param tokens the other prompt
  /// @param interventions in force in its run
  /// @param map from positions of the changed run to its own
  record RunOf(TokenIds tokens, Interventions interventions, PositionMap map)
      implements ActivationSource {}

  /// What a file of activations holds, position by position.
  ///
  /// @param file safetensors, with tensors under the names of hook points, batch 1
  /// @param map from positions of the changed run to those in the file
  record Stored(Path file, PositionMap map) implements ActivationSource {}

  /// What sets targets to these numbers.
  ///
  /// @param transformer runs what has to run
  /// @param targets at any places; each place is measured once
  /// @param turn is asked before each pass, and hears how far the reading is
  /// @return a change for each target, in their order
  /// @throws InterventionException if a target has no such numbers
  /// @throws io.lexiscope.model.weights.WeightsException if the file cannot be read
  default List<Change> changes(Transformer transformer, List<Target> targets, Turn turn) {
    List<HookName> places = targets.stream().map(Target::place).distinct().toList();
    return switch (this) {
      case MeanOver mean -> {
        Map<HookName, MeanActivation> means =
            MeanActivation.measure(transformer, mean.texts(), places, turn);
        yield targets.stream().map(target -> known(means, target.place()).of(target)).toList();
      }
      case RunOf run -> rows(run(transformer, run, places, turn), run.map(), targets);
      case Stored stored -> rows(read(stored.file(), places), stored.map(), targets);
    };
  }

  private static List<Change> rows(
      Map<HookName, ActivationRows> rows, PositionMap map, List<Target> targets) {
    return targets.stream()
        .<Change>map(target -> new Change.SetRows(known(rows, target.place()), map))
        .toList();
  }

  private static <T> T known(Map<HookName, T> byPlace, HookName place) {
    T found = byPlace.get(place);
    if (found == null) {
      throw new InterventionException(
          "intervention: expected one of %s, got %s".formatted(byPlace.keySet(), place));
    }
    return found;
  }

  private static Map<HookName, ActivationRows> run(
      Transformer transformer, RunOf run, List<HookName> places, Turn turn) {
    run.interventions().requireFit(transformer.architecture());
    Map<HookName, ActivationRows> rows =
        turn.take(
            () -> {
              Map<HookName, ActivationRows> found = new LinkedHashMap<>();
              TensorScope.tidyRun(
                  () -> {
                    ActiveHooks hooks =
                        new ActiveHooks(
                            Recording.of(places),
                            run.interventions().changes(/* past= */ 0, run.tokens().size()));
                    transformer.forward(TokenBatch.of(run.tokens()), hooks, /* cache= */ null);
                    for (HookName place : hooks.activations().names()) {
                      found.put(
                          place,
                          ActivationRows.of(
                              place,
                              hooks.activations().get(place),
                              hooks.activations().positions(place, /* row= */ 0)));
                    }
                  });
              return found;
            });
    turn.progress(run.tokens().size(), run.tokens().size(), "positions of the run");
    return rows;
  }

  private static Map<HookName, ActivationRows> read(Path file, List<HookName> places) {
    Map<HookName, ActivationRows> rows = new LinkedHashMap<>();
    try (Arena arena = Arena.ofConfined()) {
      Safetensors open = Safetensors.open(file, arena);
      for (HookName place : places) {
        var stored =
            open.get(place.toString())
                .orElseThrow(
                    () ->
                        new InterventionException(
                            "intervention: expected %s among the activations in %s, got %s"
                                .formatted(place, file, new ArrayList<>(open.names()))));
        TensorScope.tidyRun(
            () -> {
              var value = TensorViews.of(stored);
              int axis = place.point().positionAxis();
              int positions = value.shape().rank() > axis ? Math.toIntExact(value.size(axis)) : 0;
              rows.put(
                  place,
                  ActivationRows.of(place, value, IntStream.range(0, positions).boxed().toList()));
            });
      }
    }
    return rows;
  }
}
