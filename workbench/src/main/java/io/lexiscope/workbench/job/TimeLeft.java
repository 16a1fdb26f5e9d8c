package io.lexiscope.workbench.job;

/// Turns counts of done units into progress with the time left: the mean time a unit took so far,
/// times the units left.
final class TimeLeft {
  private final long startedNanos;

  /// An estimate that starts now.
  ///
  /// @param startedNanos the time, nanoseconds of a monotonic clock
  TimeLeft(long startedNanos) {
    this.startedNanos = startedNanos;
  }

  /// How far the work is.
  ///
  /// @param nowNanos the time, nanoseconds of the same clock
  Progress at(long nowNanos, long done, long total, String unit) {
    var seconds = (nowNanos - startedNanos) / 1e9;
    Double eta = done > 0 && total >= done ? seconds / done * (total - done) : null;
    return new Progress(done, total, unit, eta);
  }
}
