package io.lexiscope.model.forward;

import java.util.function.Supplier;

/// How work of many passes runs beside other work: it asks for a turn before each pass and says how
/// far it is. What either throws ends the work.
public interface Turn {

  /// Runs a pass when its turn comes.
  <T> T take(Supplier<T> pass);

  /// Hears how far the work is.
  ///
  /// @param done units done
  /// @param all units there are to do, as far as is known
  /// @param unit what is counted, in the plural
  default void progress(long done, long all, String unit) {}

  /// Lets others take a turn; to be called from inside a pass, between its steps.
  default void letOthersPass() {}

  /// Turns that come at once, for work that has the machine to itself.
  static Turn immediately() {
    return new Immediately();
  }

  /// See [#immediately].
  record Immediately() implements Turn {
    @Override
    public <T> T take(Supplier<T> pass) {
      return pass.get();
    }
  }
}
