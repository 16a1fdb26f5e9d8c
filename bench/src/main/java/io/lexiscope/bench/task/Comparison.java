package io.lexiscope.bench.task;

import io.lexiscope.bench.measure.BenchException;
import io.lexiscope.model.Processors;
import io.lexiscope.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Holds results against each other.
final class Comparison {
  /// Relative to the largest number compared: sums of some thousand float32 products in another
  /// order.
  private static final double TOLERANCE = 2e-4;

  private static final int SAMPLES = 64;

  private Comparison() {}

  /// Fails unless all numbers are as close as the order of summation allows.
  static void requireClose(String task, float[] got, float[] expected) {
    if (got.length != expected.length) {
      throw new BenchException(
          "bench: expected %d numbers of %s, got %d".formatted(expected.length, task, got.length));
    }
    double scale = 1;
    double worst = 0;
    for (int i = 0; i < got.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      double apart = Math.abs((double) got[i] - expected[i]);
      worst = apart <= worst ? worst : apart;
    }
    if (!(worst <= TOLERANCE * scale)) {
      throw new BenchException(
          "bench: expected numbers of %s within %.1e of %.1f, got them %.2e apart"
              .formatted(task, TOLERANCE, scale, worst));
    }
  }

  static void require(boolean right, String task, String expected, Object got) {
    if (!right) {
      throw new BenchException("bench: expected %s of %s, got %s".formatted(expected, task, got));
    }
  }

  /// The same taken through libtorch.
  static <T> T throughLibtorch(Supplier<T> work) {
    boolean on = Processors.usesKernels();
    Processors.useKernels(false);
    try {
      return work.get();
    } finally {
      Processors.useKernels(on);
    }
  }

  /// Numbers spread evenly over a row.
  static List<Double> samples(Tensor row) {
    float[] all = row.reshape(-1).toFloats();
    List<Double> some = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      some.add((double) all[(int) ((long) i * all.length / SAMPLES)]);
    }
    return some;
  }
}
