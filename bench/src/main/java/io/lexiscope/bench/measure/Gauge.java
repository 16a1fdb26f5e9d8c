package io.lexiscope.bench.measure;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.WeightLayout;
import java.util.function.Supplier;

/// Takes what this machine can do, again and again: on a host with neighbours its bandwidth doubles
/// or halves within seconds, and its clock follows the load.
public final class Gauge implements AutoCloseable {
  /// 256 MiB of float32: beyond every cache.
  private static final long ROWS = 65_536;

  private static final long COLUMNS = 1024;
  private static final long SIDE = 1024;

  private final TensorScope scope;
  private final Tensor large;
  private final Tensor vector;
  private final Tensor left;
  private final Tensor right;

  /// Takes the memory that is to be read and the matrices to be multiplied.
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // closed with this
  public Gauge() {
    scope = TensorScope.open();
    large = scope.call(() -> Tensors.ones(Shape.of(ROWS, COLUMNS)));
    vector = scope.call(() -> Tensors.ones(Shape.of(1, COLUMNS)));
    left = scope.call(() -> random(1));
    right = scope.call(() -> random(2));
  }

  private static Tensor random(long seed) {
    try (RandomSource source = RandomSource.seeded(seed)) {
      return source.normal(Shape.of(SIDE, SIDE), 0, 1);
    }
  }

  /// The best of several times and ways: a sum over a large matrix and its product with one vector;
  /// a square product through the kernels and one through libtorch.
  ///
  /// @param times of each; the first in a process is slow
  public Peaks measure(int times) {
    double reading =
        Math.min(
            best(times, large::sum),
            best(times, () -> Nn.linear(vector, large, /* bias= */ null, WeightLayout.OUT_IN)));
    double multiplying =
        Math.min(
            best(2 * times, () -> Nn.linear(left, right, /* bias= */ null, WeightLayout.IN_OUT)),
            best(times, () -> left.matmul(right)));
    return new Peaks(4.0 * ROWS * COLUMNS / reading, 2.0 * SIDE * SIDE * SIDE / multiplying);
  }

  /// Shortest of several times, seconds.
  private static double best(int times, Supplier<Tensor> work) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      double any = TensorScope.tidy(() -> work.get().reshape(-1).narrow(0, 0, 1).item());
      double seconds = (System.nanoTime() - start) / 1e9;
      best = Double.isNaN(any) ? best : Math.min(best, seconds);
    }
    return best;
  }

  @Override
  public void close() {
    scope.close();
  }
}
