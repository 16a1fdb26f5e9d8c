package io.lexiscope.bench.measure;

import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.WeightLayout;

/// What this machine can do at best, as the same run measured it.
///
/// @param bytesPerSecond of reading memory that is in no cache
/// @param operationsPerSecond of multiplying float32 matrices; a multiplication and an addition are
///   two
public record Peaks(double bytesPerSecond, double operationsPerSecond) {
  private static final int SIDE = 1024;

  /// Nothing measured.
  public static final Peaks NONE = new Peaks(0, 0);

  /// Takes both, the best of several times and ways.
  ///
  /// @param times of each; the first in a process is slow
  public static Peaks measure(int times) {
    try (Bandwidth bandwidth = new Bandwidth()) {
      return new Peaks(bandwidth.bytesPerSecond(times), multiplying(times));
    }
  }

  /// A square product through the kernels, and one through libtorch.
  private static double multiplying(int times) {
    return TensorScope.tidy(
        () -> {
          try (RandomSource source = RandomSource.seeded(1)) {
            Tensor a = source.normal(Shape.of(SIDE, SIDE), 0, 1);
            Tensor b = source.normal(Shape.of(SIDE, SIDE), 0, 1);
            double seconds =
                Math.min(
                    best(times, () -> a.matmul(b)),
                    best(times, () -> Nn.linear(a, b, /* bias= */ null, WeightLayout.IN_OUT)));
            return 2.0 * SIDE * SIDE * SIDE / seconds;
          }
        });
  }

  /// The same machine with the bandwidth that it had at another time.
  public Peaks reading(double otherBytesPerSecond) {
    return new Peaks(otherBytesPerSecond, operationsPerSecond);
  }

  /// The better of both.
  public Peaks or(Peaks other) {
    return new Peaks(
        Math.max(bytesPerSecond, other.bytesPerSecond),
        Math.max(operationsPerSecond, other.operationsPerSecond));
  }

  interface Product {
    Tensor take();
  }

  /// Shortest of several times, seconds.
  static double best(int times, Product product) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      double any = TensorScope.tidy(() -> product.take().reshape(-1).narrow(0, 0, 1).item());
      double seconds = (System.nanoTime() - start) / 1e9;
      best = Double.isNaN(any) ? best : Math.min(best, seconds);
    }
    return best;
  }
}
