package io.lexiscope.workbench.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Lets few native passes run at once, first come first served, so that a short request waits for
/// passes and not for whole jobs.
public final class PassGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private int free;

  /// A gate.
  ///
  /// @param passes how many passes may run at once, at least 1
  public PassGate(int passes) {
    if (passes < 1) {
      throw new IllegalArgumentException(
          "PassGate: expected at least 1 pass at once, got " + passes);
    }
    this.free = passes;
  }

  /// Waits for a turn, runs the pass, and gives the turn on. A pass must not ask for another from
  /// inside.
  ///
  /// @param pass one forward pass or another short piece of native work
  /// @param cancellation ends the wait
  /// @return what the pass returns
  /// @throws io.lexiscope.workbench.ask.WorkbenchException of kind `cancelled` when cancelled
  ///   before its turn
  public <T> T pass(Supplier<T> pass, Cancellation cancellation) {
    cancellation.check();
    enter(cancellation);
    try {
      return pass.get();
    } finally {
      leave();
    }
  }

  /// Gives the turn to those who wait and takes the next, from inside a pass. Cancelling does not
  /// end this wait: whoever holds a turn must still hold it when the pass ends.
  void letOthersPass() {
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    leave();
    enter(new Cancellation());
  }

  private void enter(Cancellation cancellation) {
    var waiter = new Waiter(lock.newCondition());
    Runnable wake = () -> wake(waiter);
    lock.lock();
    try {
      if (free > 0 && waiting.isEmpty()) {
        free--;
        return;
      }
      waiting.add(waiter);
    } finally {
      lock.unlock();
    }
    cancellation.onCancel(wake);
    lock.lock();
    try {
      while (!waiter.granted) {
        if (cancellation.isCancelled()) {
          waiting.remove(waiter);
          cancellation.check();
        }
        waiter.turn.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
      cancellation.forget(wake);
    }
  }

  private void leave() {
    lock.lock();
    try {
      var next = waiting.poll();
      if (next == null) {
        free++;
      } else {
        next.granted = true;
        next.turn.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void wake(Waiter waiter) {
    lock.lock();
    try {
      waiter.turn.signal();
    } finally {
      lock.unlock();
    }
  }

  private static final class Waiter {
    private final Condition turn;
    private boolean granted;

    private Waiter(Condition turn) {
      this.turn = turn;
    }
  }
}
