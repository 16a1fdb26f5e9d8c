package io.lexiscope.analysis.study;

import io.lexiscope.model.forward.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The turns of a study, for work that asks for them one by one.
///
/// @param turns runs each piece of native work
record StudyTurn(Study.Turns turns) implements Turn {
  static Turn of(Study.Turns turns) {
    return new StudyTurn(turns);
  }

  @Override
  public <T> T take(Supplier<T> pass) {
    List<T> result = new ArrayList<>(1);
    turns.run(() -> result.add(pass.get()));
    return result.getFirst();
  }
}
