package io.lexiscope.workbench.compare;

import io.lexiscope.analysis.compare.ComparedPosition;
import io.lexiscope.base.Csv;
import io.lexiscope.model.reading.TokenReading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What interventions change, as comma-separated values.
final class CompareCsv {
  private CompareCsv() {}

  /// One line for each word of a position, those first that are likeliest on either side; a side
  /// that does not list a word leaves its fields empty.
  static String write(CompareResult result) {
    var csv =
        new Csv(
            "position,token,id,word,probability_before,probability_after,logit_before,logit_after");
    for (ComparedPosition at : result.positions()) {
      for (Pair pair : pairs(at)) {
        TokenReading word = pair.either();
        csv.line(
            at.position(),
            at.token().text(),
            word.id(),
            word.text(),
            pair.before() == null ? null : pair.before().probability(),
            pair.after() == null ? null : pair.after().probability(),
            pair.before() == null ? null : pair.before().logit(),
            pair.after() == null ? null : pair.after().logit());
      }
    }
    return csv.toString();
  }

  /// A word on both sides.
  private record Pair(
      TokenReading either, @Nullable TokenReading before, @Nullable TokenReading after) {
    double likeliest() {
      return Math.max(
          before == null ? 0 : before.probability(), after == null ? 0 : after.probability());
    }
  }

  private static List<Pair> pairs(ComparedPosition at) {
    Map<Integer, Pair> pairs = new LinkedHashMap<>();
    for (TokenReading word : at.before()) {
      pairs.put(word.id(), new Pair(word, word, /* after= */ null));
    }
    for (TokenReading word : at.after()) {
      Pair known = pairs.get(word.id());
      pairs.put(word.id(), new Pair(word, known == null ? null : known.before(), word));
    }
    List<Pair> all = new ArrayList<>(pairs.values());
    all.sort(Comparator.comparingDouble(Pair::likeliest).reversed());
    return all;
  }
}
