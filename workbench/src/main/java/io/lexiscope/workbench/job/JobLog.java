package io.lexiscope.workbench.job;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The newest events of one job in order; any number of readers, each at its own place. A reader
/// that is further behind than the log is long goes on with the oldest event there is.
final class JobLog {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private static final int MOST = 4096;

  private final ArrayDeque<JobEvent> events = new ArrayDeque<>();
  private long next;
  private boolean ended;

  /// Appends an event; after the last one further events are dropped.
  void append(JobEventType type, Record data, boolean last) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      add(new JobEvent(next, type, data));
      ended = last;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes over events of an earlier life of the job.
  void restore(List<JobEvent> earlier) {
    lock.lock();
    try {
      earlier.forEach(this::add);
    } finally {
      lock.unlock();
    }
  }

  private void add(JobEvent event) {
    events.addLast(event);
    next = event.sequence() + 1;
    if (events.size() > MOST) {
      events.removeFirst();
    }
  }

  /// The events there are.
  List<JobEvent> all() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /// The events from a sequence number on; waits for one when there is none yet.
  ///
  /// @param from sequence number of the first event wanted
  /// @param patience how long to wait
  /// @return the events there are, none when time ran out or the log ended before `from`
  List<JobEvent> from(long from, Duration patience) throws InterruptedException {
    var left = patience.toNanos();
    lock.lock();
    try {
      while (next <= from && !ended) {
        if (left <= 0) {
          return List.of();
        }
        left = grown.awaitNanos(left);
      }
      return events.stream().filter(event -> event.sequence() >= from).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the log ended with no event at or after a sequence number.
  boolean endedBefore(long from) {
    lock.lock();
    try {
      return ended && next <= from;
    } finally {
      lock.unlock();
    }
  }
}
