package io.lexiscope.analysis.detox;

import io.lexiscope.model.forward.Turn;
import java.util.function.Supplier;

/// Counts the turns of an experiment for its report of progress.
final class DetoxSteps {
  private final Turn turn;
  private long done;
  private long total;

  DetoxSteps(Turn turn) {
    this.turn = turn;
  }

  void plan(long more) {
    total += more;
  }

  <T> T take(Supplier<T> pass) {
    turn.progress(done, total, "turns");
    T result = turn.take(pass);
    done++;
    return result;
  }
}
