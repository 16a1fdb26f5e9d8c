package io.lexiscope.tensor.internal.kernel;

import java.lang.foreign.MemorySegment;

/// A single row times a weight, which is read once, from end to end.
///
/// For a weight [in, out] sums lie as the weight's type likes them, with the outputs beyond the
/// last whole unit once more at the end, in a unit that overlaps the one before.
///
/// @param x floats, [in]
/// @param w [in, out]
record SingleRow(long x, Matrix w) {
  /// Columns that are taken together: their sums stay in the first cache.
  private static final int COLUMNS = 4096;

  /// Whether a row of a weight [out, in] is long enough for [#dots].
  static boolean longEnough(int in, WeightType type) {
    return type != WeightType.BLOCKS
        && in >= (type == WeightType.FLOAT32 ? RowDots.FEWEST : HalfPairs.FEWEST);
  }

  /// A row as [#dots] takes it: itself, or in groups as far as there are whole ones.
  ///
  /// @param to room for it
  /// @return where it is
  static long arranged(long x, int in, WeightType type, long to) {
    if (type == WeightType.FLOAT32) {
      return x;
    }
    long whole = 4L * (in - in % HalfPairs.GROUP);
    HalfPairs.group(x, whole / 4, to);
    MemorySegment.copy(Lanes.ALL, x + whole, Lanes.ALL, to + whole, 4L * in - whole);
    return to;
  }

  /// Outputs `from … to−1` of a weight [out, in].
  ///
  /// @param x the row, [#arranged]
  /// @param bias address of out floats, or 0
  /// @param y [out] floats
  static void dots(long x, Matrix w, long bias, long y, int from, int to) {
    long at = y + 4L * from;
    if (w.type() == WeightType.FLOAT32) {
      RowStreams.float32Dots(x, w.columns(), w.row(from), to - from, at);
    } else {
      HalfPairs.dots(w.type(), x, w.columns(), w.row(from), to - from, at);
    }
    if (bias != 0) {
      Pointwise.add(bias + 4L * from, to - from, at);
    }
  }

  /// Floats that the sums take.
  long floats() {
    return (long) whole() + (whole() < w.columns() ? unit() : 0);
  }

  /// Sums over inputs `from … to−1`.
  void sum(int from, int to, long sums) {
    Lanes.ALL.asSlice(sums, 4 * floats()).fill((byte) 0);
    for (int column = 0; column < whole(); column += COLUMNS) {
      add(from, to, column, Math.min(COLUMNS, whole() - column), sums + 4L * column);
    }
    if (whole() < w.columns()) {
      add(from, to, w.columns() - unit(), unit(), sums + 4L * whole());
    }
  }

  /// Puts sums in the order of the outputs.
  ///
  /// @param y [out] floats
  void spread(long sums, long y) {
    order(sums, whole(), y);
    if (whole() < w.columns()) {
      order(sums + 4L * whole(), unit(), y + 4L * (w.columns() - unit()));
    }
  }

  private int unit() {
    return w.type() == WeightType.FLOAT32 ? Lanes.COUNT : HalfPairs.GROUP;
  }

  private int whole() {
    return w.columns() - w.columns() % unit();
  }

  private void add(int from, int to, int column, int count, long sums) {
    long first = w.row(from) + (long) w.type().bytes() * column;
    long stride = (long) w.type().bytes() * w.columns();
    if (w.type() == WeightType.FLOAT32) {
      OutLanes.accumulate(x + 4L * from, first, stride, to - from, 4L * count, sums);
    } else {
      HalfPairs.accumulate(w.type(), x + 4L * from, first, stride, to - from, 2L * count, sums);
    }
  }

  private void order(long sums, int count, long y) {
    if (w.type() == WeightType.FLOAT32) {
      MemorySegment.copy(Lanes.ALL, sums, Lanes.ALL, y, 4L * count);
    } else {
      HalfPairs.ungroup(sums, count, y);
    }
  }
}
