package io.lexiscope.analysis.inversion;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Rows;
import io.lexiscope.model.Run;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.ActivationRows;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.PositionMap;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs a query with its activation set to what other inputs have at the site.
///
/// @param model with what is in force in every run
/// @param query whose activation is replaced, at its position only
record ActivationSwap(LanguageModel model, InversionQuery query) {
  private static final int ROWS = 64;

  /// An input and where its activation is taken.
  ///
  /// @param position from 0
  record Source(TokenIds input, int position) {}

  /// What the query says at its last position, \[vocabulary\] logits, without any swap.
  float[] plain() {
    return logits(List.of(Interventions.none())).getFirst();
  }

  /// What it says with each source's activation in the place of its own.
  ///
  /// @param turn is asked before each batch
  List<float[]> swapped(List<Source> sources, Turn turn) {
    List<float[]> all = new ArrayList<>();
    for (int from = 0; from < sources.size(); from += ROWS) {
      List<Source> some = sources.subList(from, Math.min(sources.size(), from + ROWS));
      all.addAll(turn.take(() -> logits(interventions(some))));
      turn.progress(from + some.size(), sources.size(), "swaps");
    }
    return all;
  }

  private List<float[]> logits(List<Interventions> each) {
    List<float[]> logits = new ArrayList<>();
    Rows rows = Rows.of(query.input(), each.toArray(Interventions[]::new));
    try (RunBatch runs = model.run(rows, Recording.nothing())) {
      for (Run run : runs.rows()) {
        logits.add(run.logits(-1).toFloats());
      }
    }
    return logits;
  }

  private List<Interventions> interventions(List<Source> sources) {
    HookName hook = query.reader().hook();
    List<Interventions> each = new ArrayList<>();
    List<TokenIds> inputs = sources.stream().map(Source::input).toList();
    try (RunBatch runs = model.run(Rows.of(inputs), Recording.of(List.of(hook)))) {
      for (int i = 0; i < sources.size(); i++) {
        ActivationRows rows = runs.row(i).rows(hook);
        var map = new PositionMap.Aligned(Map.of(query.position(), sources.get(i).position()));
        each.add(
            Interventions.of(
                Intervention.of(target(), new Change.SetRows(rows, map))
                    .at(new Where.At(List.of(query.position())))));
      }
    }
    return each;
  }

  private Target target() {
    return query.reader().site().place() instanceof HeadName head
        ? new Target.Head(head.layer(), head.head())
        : new Target.Place(query.reader().hook());
  }
}
