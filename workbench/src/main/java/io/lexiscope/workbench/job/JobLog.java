package io.lexiscope.workbench.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The events of one job in order; any number of readers, each at its own place.
final class JobLog {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final List<JobEvent> events = new ArrayList<>();
  private boolean ended;

  /// Appends an event; after the last one further events are dropped.
  void append(JobEventType type, Record data, boolean last) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      events.add(new JobEvent(events.size(), type, data));
      ended = last;
      grown.signalAll();
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
      while (events.size() <= from && !ended) {
        if (left <= 0) {
          return List.of();
        }
        left = grown.awaitNanos(left);
      }
      var start = Math.clamp(from, 0, events.size());
      return List.copyOf(events.subList(start, events.size()));
    } finally {
      lock.unlock();
    }
  }

  /// Whether the log ended with no event at or after a sequence number.
  boolean endedBefore(long from) {
    lock.lock();
    try {
      return ended && events.size() <= from;
    } finally {
      lock.unlock();
    }
  }
}
