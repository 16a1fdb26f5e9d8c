package io.lexiscope.bench.measure;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.WeightLayout;

/// How fast this machine reads memory that is in no cache, taken again and again: on a host with
/// neighbours it can double or halve within seconds.
public final class Bandwidth implements AutoCloseable {
  /// 256 MiB of float32: beyond every cache.
  private static final long ROWS = 65_536;

  private static final long COLUMNS = 1024;

  private final TensorScope scope;
  private final Tensor large;
  private final Tensor vector;

  /// Takes the memory that is to be read.
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // closed with this
  public Bandwidth() {
    scope = TensorScope.open();
    large = scope.call(() -> Tensors.ones(Shape.of(ROWS, COLUMNS)));
    vector = scope.call(() -> Tensors.ones(Shape.of(1, COLUMNS)));
  }

  /// Reads everything: a sum over a large matrix, and its product with one vector.
  ///
  /// @param times of each, of which the best counts
  public double bytesPerSecond(int times) {
    double seconds =
        Math.min(
            Peaks.best(times, large::sum),
            Peaks.best(
                times, () -> Nn.linear(vector, large, /* bias= */ null, WeightLayout.OUT_IN)));
    return 4.0 * ROWS * COLUMNS / seconds;
  }

  @Override
  public void close() {
    scope.close();
  }
}
