package io.lexiscope.tensor.internal.kernel;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A fixed set of helper threads that take pieces of a caller's work beside the caller.
///
/// The caller never waits for a helper that has not started: pieces are taken one by one, so a
/// helper that the machine keeps busy elsewhere only makes the caller do more of them. A second
/// caller does its work alone.
final class Workers {
  /// How long a helper looks out for more before it sleeps: products of a pass follow each other
  /// within some hundred microseconds.
  private static final long LOOK_OUT_NANOS = 300_000;

  private static final int LOOKS_BETWEEN_CLOCKS = 64;

  private final ReentrantLock one = new ReentrantLock();
  private final AtomicReference<@Nullable Task> current = new AtomicReference<>();
  private final ArrayBlockingQueue<Scratch> spare = new ArrayBlockingQueue<>(16);
  private Thread[] helpers = new Thread[0];

  /// A piece of work.
  interface Piece {
    /// Does piece number `index`.
    void run(int index, Scratch scratch);
  }

  /// Pieces in the course of being done.
  private static final class Task {
    final Piece piece;
    final int count;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    final AtomicInteger places;
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Task(Piece piece, int count, int helpers) {
      this.piece = piece;
      this.count = count;
      this.places = new AtomicInteger(helpers);
    }

    void work(Scratch scratch) {
      for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
        try {
          piece.run(index, scratch);
        } catch (RuntimeException | Error thrown) {
          failure.compareAndSet(null, thrown);
        } finally {
          done.incrementAndGet();
        }
      }
    }

    boolean hasPieces() {
      return next.get() < count;
    }
  }

  /// Does all pieces, on this thread and at most `threads − 1` helpers.
  void run(int pieces, int threads, Piece piece) {
    Scratch mine = borrow();
    try {
      if (pieces == 1 || threads == 1 || !one.tryLock()) {
        for (int index = 0; index < pieces; index++) {
          piece.run(index, mine);
        }
        return;
      }
      try {
        runShared(new Task(piece, pieces, threads - 1), threads - 1, mine);
      } finally {
        one.unlock();
      }
    } finally {
      giveBack(mine);
    }
  }

  /// Scratch that nobody else uses until it is given back.
  Scratch borrow() {
    Scratch scratch = spare.poll();
    return scratch == null ? new Scratch() : scratch;
  }

  /// Where the shelf is full the scratch is dropped.
  void giveBack(Scratch scratch) {
    boolean kept = spare.offer(scratch);
    assert kept || spare.remainingCapacity() == 0;
  }

  private void runShared(Task task, int wanted, Scratch scratch) {
    while (helpers.length < wanted) {
      addHelper();
    }
    current.set(task);
    for (int i = 0; i < wanted; i++) {
      LockSupport.unpark(helpers[i]);
    }
    task.work(scratch);
    current.set(null);
    while (task.done.get() < task.count) {
      Thread.onSpinWait();
    }
    Throwable failure = task.failure.get();
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  private void addHelper() {
    Thread[] more = java.util.Arrays.copyOf(helpers, helpers.length + 1);
    Thread helper = new Thread(this::help, "lexiscope-kernel-" + more.length);
    helper.setDaemon(true);
    more[helpers.length] = helper;
    helpers = more;
    helper.start();
  }

  private void help() {
    Scratch scratch = new Scratch();
    while (true) {
      Task task = await();
      if (task.places.getAndDecrement() > 0) {
        task.work(scratch);
      } else {
        LockSupport.parkNanos(this, LOOK_OUT_NANOS);
      }
    }
  }

  private Task await() {
    long until = System.nanoTime() + LOOK_OUT_NANOS;
    for (int looks = 0; ; looks++) {
      Task task = current.get();
      if (task != null && task.hasPieces() && task.places.get() > 0) {
        return task;
      }
      Thread.onSpinWait();
      if (looks % LOOKS_BETWEEN_CLOCKS == 0 && System.nanoTime() > until) {
        LockSupport.park(this);
        until = System.nanoTime() + LOOK_OUT_NANOS;
      }
    }
  }
}
