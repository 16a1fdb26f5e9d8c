package io.lexiscope.tensor.kernel;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs every kernel on small operands until the compiler has made instructions of it.
final class WarmUp {
  private static final int IN = 256;
  private static final int OUT = 64;
  private static final int MOST_ROWS = 40;
  private static final int CALLS = 20;

  /// A reading also sorts and allocates.
  private static final double READING_SHARE = 0.25;

  /// Norms and non-linearities do several operations for each element.
  private static final double AROUND_SHARE = 0.1;

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
      all.add(new Problem(MOST_ROWS, half, /* outIn= */ false));
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
      long y = arena.allocate(4L * MOST_ROWS * Math.max(IN, OUT), 64).address();
      List<Problem> slow = problems();
      List<Integer> unread = new ArrayList<>(List.of(Lanes.COUNT / 2, MOST_ROWS));
      boolean ready = false;
      while (!(slow.isEmpty() && unread.isEmpty() && ready) && System.nanoTime() < deadline) {
        slow.removeIf(problem -> rate(problem, x, w, y) >= slowest * Lanes.COUNT);
        unread.removeIf(rows -> readingRate(rows, x, w) >= READING_SHARE * slowest * Lanes.COUNT);
        ready = aroundRate(x, y) >= AROUND_SHARE * slowest * Lanes.COUNT;
      }
      return slow.isEmpty() && unread.isEmpty() && ready;
    }
  }

  /// Of the middle one of some calls, in multiplications per nanosecond: the best may have been
  /// replaced by compiled code on its way, and the next one not.
  private double rate(Problem problem, long x, long w, long y) {
    long[] nanos = new long[CALLS];
    Matrix rows = Matrix.floats(x, problem.rows(), IN);
    Output to = new Output(y, Finish.NOTHING);
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      if (problem.outIn()) {
        products.rowsAreOutputs(
            rows, new Matrix(w, problem.weight(), OUT, IN), /* bias= */ 0, to, /* threads= */ 1);
      } else {
        products.rowsAreInputs(
            rows, new Matrix(w, problem.weight(), IN, OUT), /* bias= */ 0, to, /* threads= */ 1);
      }
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return problem.multiplications() / (double) Math.max(nanos[CALLS / 2], 1);
  }

  /// Of the slowest part of a pass around its products, in multiplications (or elements where there
  /// are none) per nanosecond.
  private double aroundRate(long x, long y) {
    double slowest = Double.MAX_VALUE;
    long elements = (long) MOST_ROWS * IN;
    RowWork rows = products.rowWork();
    for (NonLinearity f : NonLinearity.values()) {
      slowest = Math.min(slowest, elements / nanos(() -> rows.apply(f, x, elements, y, 1)));
    }
    float[] logits = new float[Math.toIntExact(elements)];
    slowest = Math.min(slowest, elements / nanos(() -> logits[0] = (float) rows.mass(logits, 1)));
    Matrix all = Matrix.floats(x, MOST_ROWS, IN);
    slowest = Math.min(slowest, elements / nanos(() -> rows.layerNorm(all, x, x, 1e-5, y, 1)));
    slowest = Math.min(slowest, elements / nanos(() -> rows.rmsNorm(all, x, 1e-5, y, 1)));
    Attention.Heads heads = new Attention.Heads(/* batch= */ 1, 4, 4, IN / 4);
    Strided inputs = new Strided(x, elements * 4, IN * 4L, IN);
    Keys keys = new Keys(inputs, inputs, MOST_ROWS, /* pages= */ null);
    for (int queries : new int[] {1, MOST_ROWS}) {
      Sight sight = new Sight(MOST_ROWS - queries, /* causal= */ true, Integer.MAX_VALUE, 0.125);
      long work = queries * elements;
      double nanos =
          nanos(() -> products.attention().mix(inputs, queries, keys, heads, sight, y, 1));
      slowest = Math.min(slowest, work / nanos);
    }
    return slowest;
  }

  /// Of the middle one of some calls.
  private static double nanos(Runnable call) {
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      call.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return Math.max(nanos[CALLS / 2], 1);
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
