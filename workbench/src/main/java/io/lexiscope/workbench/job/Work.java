package io.lexiscope.workbench.job;

import io.lexiscope.base.Journal;
import java.util.function.Supplier;

/// What a use case tells and asks while it works.
public interface Work {
  /// Reports how far the work is.
  ///
  /// @param done units done
  /// @param total units in all, at least `done`
  /// @param unit what is counted, in the plural
  void progress(long done, long total, String unit);

  /// Reports a generated token.
  void token(GeneratedToken token);

  /// Ends the work when it has been cancelled.
  ///
  /// @throws io.lexiscope.workbench.ask.WorkbenchException of kind `cancelled` when it has
  void checkCancelled();

  /// Runs one native pass in its turn.
  ///
  /// @param pass one forward pass or another short piece of native work; asks for no turn of its
  ///   own
  /// @return what the pass returns
  /// @throws io.lexiscope.workbench.ask.WorkbenchException of kind `cancelled` when cancelled
  ///   before its turn
  <T> T pass(Supplier<T> pass);

  /// Gives the turn to those who wait for theirs and takes the next; to be called from inside a
  /// pass, between its steps.
  ///
  /// @throws io.lexiscope.workbench.ask.WorkbenchException of kind `cancelled` when the work has
  ///   been cancelled
  void letOthersPass();

  /// Where the finished parts of the work are written down, so that none is done again when it goes
  /// on after its process died; to be closed. Keeps nothing where the work cannot go on.
  ///
  /// @param identity what the parts depend on; parts of anything else are thrown away
  Journal journal(String identity);

  /// Work on the caller's own thread.
  ///
  /// @param gate lets native passes run in turn
  /// @param watcher hears of progress and tokens, on the caller's thread
  /// @param cancellation stops the work
  static Work watched(PassGate gate, Watcher watcher, Cancellation cancellation) {
    var estimate = new TimeLeft(System.nanoTime());
    return new Work() {
      @Override
      public void progress(long done, long total, String unit) {
        watcher.progress(estimate.at(System.nanoTime(), done, total, unit));
        cancellation.check();
      }

      @Override
      public void token(GeneratedToken token) {
        watcher.token(token);
        cancellation.check();
      }

      @Override
      public void checkCancelled() {
        cancellation.check();
      }

      @Override
      public Journal journal(String identity) {
        return Journal.none();
      }

      @Override
      public <T> T pass(Supplier<T> pass) {
        return gate.pass(pass, cancellation);
      }

      @Override
      public void letOthersPass() {
        gate.letOthersPass();
        cancellation.check();
      }
    };
  }
}
