package io.lexiscope.analysis.separation;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Rows;
import io.lexiscope.model.Run;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.PositionMap;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sets a place in inputs of the second group to what inputs of the first have there.
///
/// @param model with what is in force in every run
/// @param pairs an input of the first group, then one of the second
record GroupSwaps(LanguageModel model, List<List<TokenIds>> pairs) {

  /// The first pairs of testing inputs.
  static GroupSwaps of(LanguageModel model, InputGroups groups, int count) {
    List<TokenIds> all = groups.all();
    List<Integer> first = groups.testing(/* ofFirst= */ true);
    List<Integer> second = groups.testing(/* ofFirst= */ false);
    List<List<TokenIds>> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(count, Math.min(first.size(), second.size())); i++) {
      pairs.add(List.of(all.get(first.get(i)), all.get(second.get(i))));
    }
    return new GroupSwaps(model, pairs);
  }

  /// Whether the answer is a word, of which logits can be taken.
  boolean possible() {
    return model.architecture().output().head() instanceof Head.Language;
  }

  /// Mean share of the way, over pairs with different answers; null where there are none.
  @Nullable Estimate at(SeparatingPlace place, Turn turn) {
    List<Double> shares = turn.take(() -> shares(place));
    return shares.isEmpty()
        ? null
        : Estimate.mean(shares.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private List<Double> shares(SeparatingPlace place) {
    List<TokenIds> first = pairs.stream().map(List::getFirst).toList();
    List<TokenIds> second = pairs.stream().map(List::getLast).toList();
    var hook = place.site().hook();
    List<Rows.Row> rows = new ArrayList<>();
    List<float[]> wished = new ArrayList<>();
    try (RunBatch runs = model.run(Rows.of(first), Recording.of(List.of(hook)))) {
      for (int i = 0; i < pairs.size(); i++) {
        Run run = runs.row(i);
        wished.add(run.logits(-1).toFloats());
        int to = at(place, second.get(i));
        Target target =
            place.site().place() instanceof HeadName head
                ? new Target.Head(head.layer(), head.head())
                : new Target.Place(hook);
        var map = new PositionMap.Aligned(Map.of(to, at(place, first.get(i))));
        rows.add(
            new Rows.Row(
                second.get(i),
                Interventions.of(
                    Intervention.of(target, new Change.SetRows(run.rows(hook), map))
                        .at(new Where.At(List.of(to))))));
      }
    }
    List<float[]> plain = logits(Rows.of(second));
    List<float[]> swapped = logits(new Rows(rows));
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      int a = best(wished.get(i));
      int b = best(plain.get(i));
      double from = plain.get(i)[a] - plain.get(i)[b];
      double to = wished.get(i)[a] - wished.get(i)[b];
      if (a != b && to > from) {
        shares.add((swapped.get(i)[a] - swapped.get(i)[b] - from) / (to - from));
      }
    }
    return shares;
  }

  private static int at(SeparatingPlace place, TokenIds input) {
    return place.position() < 0 ? place.position() + input.size() : place.position();
  }

  private List<float[]> logits(Rows rows) {
    try (RunBatch runs = model.run(rows, Recording.nothing())) {
      return runs.rows().stream().map(run -> run.logits(-1).toFloats()).toList();
    }
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
