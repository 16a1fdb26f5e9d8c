package io.lexiscope.cli.terminal;

import io.lexiscope.workbench.job.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets work end by itself when the process is told to stop: it is cancelled, and the process waits
/// until it has kept what it has.
final class Interruption implements AutoCloseable {
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Cancellation cancellation, Duration patience) {
    hook = Thread.ofPlatform().name("lexiscope-stop").unstarted(() -> stop(cancellation, patience));
  }

  /// Watches for the end of the process until it is closed.
  ///
  /// @param patience how long the process waits
  static Interruption watching(Cancellation cancellation, Duration patience) {
    Interruption watching = new Interruption(cancellation, patience);
    Runtime.getRuntime().addShutdownHook(watching.hook);
    return watching;
  }

  /// What happens when the process is told to stop.
  Thread hook() {
    return hook;
  }

  private void stop(Cancellation cancellation, Duration patience) {
    cancellation.cancel();
    try {
      boolean kept = over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      assert kept || over.getCount() > 0;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /// The work is over.
  @Override
  public void close() {
    over.countDown();
    try {
      boolean watched = Runtime.getRuntime().removeShutdownHook(hook);
      assert watched || over.getCount() == 0;
    } catch (IllegalStateException stopping) {
      assert over.getCount() == 0;
    }
  }
}
