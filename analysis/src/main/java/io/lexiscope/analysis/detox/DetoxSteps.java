package io.lexiscope.analysis.detox;

import io.lexiscope.base.Journal;
import io.lexiscope.model.forward.Turn;
import java.util.List;
import java.util.function.Supplier;

/// The turns of an experiment: counts them for its report of progress, and writes down what each
/// came to.
final class DetoxSteps {
  private final Turn turn;
  private final Journal journal;
  private long done;
  private long total;

  DetoxSteps(Turn turn, Journal journal) {
    this.turn = turn;
    this.journal = journal;
  }

  void plan(long more) {
    total += more;
  }

  <T> T take(Journal.Form<T> form, Supplier<T> pass) {
    turn.progress(done, total, "turns");
    T result = journal.part(form, () -> turn.take(pass));
    done++;
    return result;
  }

  /// A scorer that is not asked twice for what it has said: each of its answers may take long.
  ContinuationScorer keeping(ContinuationScorer scorer) {
    return texts ->
        texts.stream()
            .map(
                text ->
                    journal.part(DetoxParts.SCORES, () -> scorer.scores(List.of(text))).getFirst())
            .toList();
  }
}
