package io.lexiscope.bench.measure;

/// What this machine can do at best, as the same run measured it.
///
/// @param bytesPerSecond of reading memory that is in no cache
/// @param operationsPerSecond of multiplying float32 matrices; a multiplication and an addition are
///   two
public record Peaks(double bytesPerSecond, double operationsPerSecond) {
  /// Nothing measured.
  public static final Peaks NONE = new Peaks(0, 0);

  /// The better of both.
  public Peaks or(Peaks other) {
    return new Peaks(
        Math.max(bytesPerSecond, other.bytesPerSecond),
        Math.max(operationsPerSecond, other.operationsPerSecond));
  }
}
