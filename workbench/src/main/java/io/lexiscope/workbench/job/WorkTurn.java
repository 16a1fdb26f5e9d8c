package io.lexiscope.workbench.job;

import io.lexiscope.model.forward.Turn;
import java.util.function.Supplier;

/// What the library's long work tells and asks, told to and asked of a piece of work.
///
/// @param work may be cancelled whenever it is told or asked
public record WorkTurn(Work work) implements Turn {
  @Override
  public <T> T take(Supplier<T> pass) {
    return work.pass(pass);
  }

  @Override
  public void progress(long done, long all, String unit) {
    work.progress(done, all, unit);
  }

  @Override
  public void letOthersPass() {
    work.letOthersPass();
  }
}
