package io.lexiscope.tensor.internal.kernel;

import io.lexiscope.tensor.option.NonLinearity;

/// Norms and non-linearities, rows shared among threads.
public final class RowWork {
  /// Elements that are worth a second thread.
  private static final long SHARED_WORK = 24_000;

  /// Pieces for each thread, so that one that is kept busy elsewhere can do fewer.
  private static final int PIECES = 3;

  private final Workers workers;

  RowWork(Workers workers) {
    this.workers = workers;
  }

  /// Whether rows of so many elements can be normed here. [Kernels] must have said that vectors
  /// work.
  public static boolean norms(int columns) {
    return columns % Lanes.COUNT == 0;
  }

  /// Layer norm of every row: `(x − mean) / √(var + ε) · gain + shift`.
  ///
  /// @param gain address of \[columns\] floats, or 0 for ones
  /// @param shift address of \[columns\] floats, or 0 for zeros
  /// @param y address of [rows, columns] floats
  public void layerNorm(Matrix x, long gain, long shift, double epsilon, long y, int threads) {
    share(
        x.rows(),
        x.columns(),
        threads,
        row ->
            Norms.layer(x.row(row), x.columns(), gain, shift, epsilon, y + 4L * row * x.columns()));
  }

  /// Root-mean-square norm of every row: `x / √(mean x² + ε) · gain`.
  ///
  /// @param gain address of \[columns\] floats, or 0 for ones
  /// @param y address of [rows, columns] floats
  public void rmsNorm(Matrix x, long gain, double epsilon, long y, int threads) {
    share(
        x.rows(),
        x.columns(),
        threads,
        row ->
            Norms.rootMeanSquare(
                x.row(row), x.columns(), gain, epsilon, y + 4L * row * x.columns()));
  }

  /// A non-linearity of every element.
  ///
  /// @param x floats
  /// @param y where the results go
  public void apply(NonLinearity f, long x, long count, long y, int threads) {
    int chunk = 4096;
    long chunks = (count + chunk - 1) / chunk;
    share(
        Math.toIntExact(chunks),
        chunk,
        threads,
        index -> {
          long from = 4L * index * chunk;
          Pointwise.apply(f, x + from, Math.min(chunk, count - (long) index * chunk), y + from);
        });
  }

  /// Σ e^(l−m) of one row of logits.
  ///
  /// @param max m, the largest of them
  public double mass(float[] logits, float max) {
    return Pointwise.mass(logits, max);
  }

  private interface OnRow {
    void run(int row);
  }

  private void share(int rows, int columns, int threads, OnRow work) {
    int pieces =
        (long) rows * columns < SHARED_WORK ? 1 : Math.min(rows, PIECES * Math.max(1, threads));
    workers.run(
        pieces,
        threads,
        (index, scratch) -> {
          int to = (int) ((long) rows * (index + 1) / pieces);
          for (int row = (int) ((long) rows * index / pieces); row < to; row++) {
            work.run(row);
          }
        });
  }
}
