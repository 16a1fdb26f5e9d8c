package io.lexiscope.hub;

import java.time.Duration;

/// How long to wait and how often to try.
///
/// @param answer how long a server may take to begin its answer
/// @param silence how long a body may bring nothing
/// @param attempts how often in a row something may fail before it is given up
/// @param firstPause the pause after the first failure; every further one is twice as long
/// @param longestPause no pause is longer, whatever the server asks for
record Pace(
    Duration answer, Duration silence, int attempts, Duration firstPause, Duration longestPause) {
  /// How often a waiting pull asks whether it is to stop, milliseconds.
  static final long CHECK_MILLIS = 100;

  /// Half a minute for an answer or the next bytes, six attempts with pauses of 0.5, 1, 2, 4 and 8
  /// seconds, a minute at most when a server says how long.
  static Pace standard() {
    return new Pace(
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        /* attempts= */ 6,
        Duration.ofMillis(500),
        Duration.ofMinutes(1));
  }

  /// Waits before the next attempt.
  ///
  /// @param failures failures in a row so far, at least 1
  /// @param asked how long the server asked to wait, zero when it did not
  /// @param listener may stop the wait
  void pause(int failures, Duration asked, PullListener listener) {
    var own = firstPause.multipliedBy(1L << Math.min(failures - 1, 16));
    var longer = own.compareTo(asked) > 0 ? own : asked;
    var left = (longer.compareTo(longestPause) < 0 ? longer : longestPause).toMillis();
    listener.check();
    while (left > 0) {
      var slice = Math.min(left, CHECK_MILLIS);
      try {
        Thread.sleep(slice);
      } catch (InterruptedException e) {
        throw interrupted();
      }
      left -= slice;
      listener.check();
    }
  }

  /// What a pull whose thread was interrupted ends with.
  static HubException interrupted() {
    Thread.currentThread().interrupt();
    return new HubException(HubProblem.CANCELLED, "the work was cancelled");
  }
}
