package io.lexiscope.tensor.kernel;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/// Runs every kernel on small operands until the compiler has made instructions of it.
final class WarmUp {
  private static final int IN = 256;
  private static final int OUT = 64;
  private static final int MOST_ROWS = 40;
  private static final int CALLS = 20;

  /// A reading also sorts and allocates.
  private static final double READING_SHARE = 0.25;

  private final Products products;

  WarmUp(Products products) {
    this.products = products;
  }

  /// A kernel's operands.
  ///
  /// @param rows of x
  /// @param weight both [OUT, IN] and [IN, OUT]
  /// @param outIn which of the two it is
  private record Problem(int rows, WeightType weight, boolean outIn) {
    long multiplications() {
      return (long) rows * IN * OUT;
    }
  }

  private static List<Problem> problems() {
    List<Problem> all = new ArrayList<>();
    for (int rows : new int[] {1, 2, 4, 8, Lanes.COUNT + 1, MOST_ROWS}) {
      all.add(new Problem(rows, WeightType.FLOAT32, /* outIn= */ true));
    }
    for (int rows : new int[] {1, 2, 4, 6}) {
      all.add(new Problem(rows, WeightType.FLOAT32, /* outIn= */ false));
    }
    for (WeightType half : new WeightType[] {WeightType.BFLOAT16, WeightType.FLOAT16}) {
      all.add(new Problem(1, half, /* outIn= */ true));
      all.add(new Problem(1, half, /* outIn= */ false));
    }
    return all;
  }

  /// Warms up.
  ///
  /// @param slowest rate that counts as fast, in multiplications per nanosecond and lane
  /// @param seconds after which it is given up
  /// @return whether every kernel became fast
  boolean until(double slowest, int seconds) {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    try (Arena arena = Arena.ofShared()) {
      long x = arena.allocate(4L * MOST_ROWS * IN, 64).address();
      long w = arena.allocate(4L * IN * OUT, 64).address();
      long y = arena.allocate(4L * MOST_ROWS * OUT, 64).address();
      List<Problem> slow = problems();
      List<Integer> unread = new ArrayList<>(List.of(Lanes.COUNT / 2, MOST_ROWS));
      while (!(slow.isEmpty() && unread.isEmpty()) && System.nanoTime() < deadline) {
        slow.removeIf(problem -> rate(problem, x, w, y) >= slowest * Lanes.COUNT);
        unread.removeIf(rows -> readingRate(rows, x, w) >= READING_SHARE * slowest * Lanes.COUNT);
      }
      return slow.isEmpty() && unread.isEmpty();
    }
  }

  /// Best of some calls, in multiplications per nanosecond.
  private double rate(Problem problem, long x, long w, long y) {
    long best = Long.MAX_VALUE;
    Matrix rows = Matrix.floats(x, problem.rows(), IN);
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      if (problem.outIn()) {
        products.rowsAreOutputs(
            rows, new Matrix(w, problem.weight(), OUT, IN), /* bias= */ 0, y, /* threads= */ 1);
      } else {
        products.rowsAreInputs(
            rows, new Matrix(w, problem.weight(), IN, OUT), /* bias= */ 0, y, /* threads= */ 1);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return problem.multiplications() / (double) Math.max(best, 1);
  }

  /// Best of some readings of a small vocabulary, in multiplications per nanosecond.
  private double readingRate(int rows, long x, long w) {
    long best = Long.MAX_VALUE;
    VocabularyQuery query =
        new VocabularyQuery(/* bias= */ 0, /* cap= */ 0, /* top= */ 5, /* bottom= */ 5, List.of(1));
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      List<RowReading> read =
          products
              .vocabulary()
              .read(Matrix.floats(x, rows, IN), Matrix.floats(w, OUT, IN), query, /* threads= */ 1);
      best = Math.min(best, System.nanoTime() - start + (read.isEmpty() ? 1 : 0));
    }
    return (double) rows * OUT * IN / Math.max(best, 1);
  }
}
