package io.lexiscope.tensor.internal.kernel;

import io.lexiscope.tensor.block.BlockType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Linear maps of inference, `y = x·Wᵀ + b` or `x·W + b`, shared among threads.
public final class Products {
  /// Floats of turned rows that stay in a core's second cache beside the weights.
  private static final int CACHED_FLOATS = 128 * 1024;

  /// Inputs that are worth a piece of their own.
  private static final int FEWEST_INPUTS = 16;

  /// Multiplications that are worth a second thread.
  private static final long SHARED_WORK = 200_000;

  /// Pieces for each thread, so that one that is kept busy elsewhere can do fewer.
  private static final int PIECES = 6;

  /// The same for ranges of inputs, whose sums have to be added in the end.
  private static final int STRETCHES = 4;

  /// Rows that are turned round at a time.
  private static final int TURNED_ROWS = 1024;

  /// Numbers that are worth turning on two threads.
  private static final long SHARED_TURN = 50_000;

  /// Rows that meet a strip of weights as it lies; with more the strip is copied together first.
  private static final int ROWS_AT_ONCE = 64;

  /// Inputs of a strip that are copied together: the copy stays in the second cache.
  private static final int PACKED_INPUTS = 512;

  private final Workers workers = new Workers();

  Workers workers() {
    return workers;
  }

  /// Attention that shares these products' threads.
  public Attention attention() {
    return new Attention(workers);
  }

  /// Work on rows by themselves that shares these products' threads.
  public RowWork rowWork() {
    return new RowWork(workers);
  }

  /// Readings that share these products' threads.
  public VocabularyReadings vocabulary() {
    return new VocabularyReadings(this);
  }

  /// The smallest number of outputs there are kernels for.
  public static int fewestOutputs() {
    return Math.max(RowLanes.OUTPUTS_OF_ONE, OutLanes.STRIP);
  }

  /// A linear map of several that read the same rows.
  ///
  /// @param w [out, in], out at least [#fewestOutputs]
  /// @param bias address of out floats, or 0
  /// @param y where the outputs go and what is done with them
  public record Map(Matrix w, long bias, Output y) {}

  /// `y = x·Wᵀ + b`.
  ///
  /// @param x floats, [rows, in]
  /// @param w [out, in], out at least [#fewestOutputs]
  /// @param bias address of out floats, or 0
  /// @param y where the outputs go and what is done with them
  /// @param threads most threads to use
  public void rowsAreOutputs(Matrix x, Matrix w, long bias, Output y, int threads) {
    rowsAreOutputs(x, List.of(new Map(w, bias, y)), threads);
  }

  /// Several maps `y = x·Wᵀ + b` of the same rows, which are turned round once, and threads meet
  /// once. Maps of the same number of outputs are cut alike, and a piece is done map by map: a
  /// later map's finish may read what an earlier one has made of the same outputs. Every output is
  /// the very number that its map alone gives.
  ///
  /// @param x floats, [rows, in]
  /// @param maps with weights of one type
  /// @param threads most threads to use
  public void rowsAreOutputs(Matrix x, List<Map> maps, int threads) {
    if (x.rows() == 1 && maps.stream().allMatch(Products::knownBlocks)) {
      blockDots(x, maps, threads);
      return;
    }
    if (x.rows() == 1 && SingleRow.longEnough(x.columns(), maps.getFirst().w().type())) {
      singleDots(x, maps, threads);
      return;
    }
    if (x.rows() < KernelGroup.ROWS_FROM) {
      List<Outputs> all =
          outputs(
              maps,
              x.rows(),
              /* first= */ 0,
              map ->
                  (from, to, scratch) ->
                      dots(x, map.w(), map.bias(), map.y().address(), from, to, scratch));
      share(x, all, RowDots.OUTPUTS, threads);
      return;
    }
    Scratch shared = workers.borrow();
    try {
      for (int first = 0; first < x.rows(); first += TURNED_ROWS) {
        int rows = Math.min(TURNED_ROWS, x.rows() - first);
        Panels panels = turned(x, first, rows, threads, shared);
        Matrix some = Matrix.floats(x.row(first), rows, x.columns());
        List<Outputs> all =
            outputs(
                maps,
                rows,
                first,
                map ->
                    (from, to, scratch) ->
                        lanes(panels, map.w(), map.bias(), map.y().address(), from, to, scratch));
        share(some, all, panels.outputs(), threads);
      }
    } finally {
      workers.giveBack(shared);
    }
  }

  private static boolean knownBlocks(Map map) {
    return map.w().blocks() != null && BlockKernel.of(map.w().blocks()) != null;
  }

  private void blockDots(Matrix x, List<Map> maps, int threads) {
    Scratch shared = workers.borrow();
    try {
      int in = x.columns();
      long sums = shared.floats(Scratch.Area.ROWS, in);
      BlockDots.groups(x.address(), in, sums);
      List<Outputs> all =
          outputs(
              maps,
              /* rows= */ 1,
              /* first= */ 0,
              map ->
                  (from, to, scratch) -> {
                    BlockType type = Objects.requireNonNull(map.w().blocks());
                    long y = map.y().address() + 4L * from;
                    long room = scratch.floats(Scratch.Area.SCALES, BlockScales.ROOM);
                    long w = map.w().row(from);
                    BlockDots.dots(type, x.address(), sums, in, w, to - from, y, room);
                    if (map.bias() != 0) {
                      Pointwise.add(map.bias() + 4L * from, to - from, y);
                    }
                  });
      share(x, all, RowDots.OUTPUTS, threads);
    } finally {
      workers.giveBack(shared);
    }
  }

  private void singleDots(Matrix x, List<Map> maps, int threads) {
    Scratch shared = workers.borrow();
    try {
      int in = x.columns();
      WeightType type = maps.getFirst().w().type();
      long row = SingleRow.arranged(x.address(), in, type, shared.floats(Scratch.Area.ROWS, in));
      List<Outputs> all =
          outputs(
              maps,
              /* rows= */ 1,
              /* first= */ 0,
              map ->
                  (from, to, scratch) ->
                      SingleRow.dots(row, map.w(), map.bias(), map.y().address(), from, to));
      share(x, all, RowDots.OUTPUTS, threads);
    } finally {
      workers.giveBack(shared);
    }
  }

  private interface Ranges {
    Range of(Map map);
  }

  /// @param first the row of the maps' outputs at which these rows begin
  private static List<Outputs> outputs(List<Map> maps, int rows, int first, Ranges ranges) {
    List<Outputs> all = new ArrayList<>(maps.size());
    for (Map map : maps) {
      int out = map.w().rows();
      Output y = map.y().from((long) first * out);
      Map here = new Map(map.w(), map.bias(), y);
      all.add(new Outputs(out, finished(ranges.of(here), y, rows, out)));
    }
    return all;
  }

  private Panels turned(Matrix x, int first, int rows, int threads, Scratch shared) {
    int in = x.columns();
    Panels panels = new Panels(shared.floats(Scratch.Area.ROWS, Panels.floats(rows, in)), rows, in);
    boolean alone = (long) rows * in < SHARED_TURN;
    workers.run(
        panels.count(), alone ? 1 : threads, (index, scratch) -> panels.turn(x, first, index));
    return panels;
  }

  /// `y = x·W + b`.
  ///
  /// @param x floats, [rows, in]
  /// @param w [in, out], out at least [#fewestOutputs]
  /// @param bias address of out floats, or 0
  /// @param y where the outputs go and what is done with them
  /// @param threads most threads to use
  public void rowsAreInputs(Matrix x, Matrix w, long bias, Output y, int threads) {
    if (x.rows() == 1) {
      sumOverInputs(x.address(), w, bias, y, threads);
      return;
    }
    Range range = (from, to, scratch) -> strips(x, w, bias, y.address(), from, to, scratch);
    int out = w.columns();
    share(x, List.of(new Outputs(out, finished(range, y, x.rows(), out))), OutLanes.STRIP, threads);
  }

  /// A single row is bound by memory, which likes to be read in one stretch: pieces are ranges of
  /// inputs, each with sums of its own for all outputs.
  private void sumOverInputs(long x, Matrix w, long bias, Output y, int threads) {
    int out = w.columns();
    boolean alone = threads == 1 || (long) w.rows() * out < SHARED_WORK;
    int most = Math.min(threads * STRETCHES, w.rows() / FEWEST_INPUTS);
    int pieces = alone ? 1 : Math.max(1, most);
    Scratch shared = workers.borrow();
    try {
      SingleRow row = new SingleRow(x, w);
      long sums = shared.floats(Scratch.Area.ROWS, pieces * row.floats());
      int[] cuts = cuts(w.rows(), pieces);
      workers.run(
          pieces,
          threads,
          (index, scratch) ->
              row.sum(cuts[index], cuts[index + 1], sums + 4L * index * row.floats()));
      for (int piece = 1; piece < pieces; piece++) {
        Pointwise.add(sums + 4L * piece * row.floats(), row.floats(), sums);
      }
      row.spread(sums, y.address());
    } finally {
      workers.giveBack(shared);
    }
    if (bias != 0) {
      Pointwise.add(bias, out, y.address());
    }
    y.finish().apply(y.address(), /* rows= */ 1, out, /* from= */ 0, out);
  }

  private static Range finished(Range range, Output y, int rows, int out) {
    return (from, to, scratch) -> {
      range.run(from, to, scratch);
      y.finish().apply(y.address(), rows, out, from, to);
    };
  }

  /// Outputs `from … to−1`, at least one unit of them.
  private interface Range {
    void run(int from, int to, Scratch scratch);
  }

  /// What one map makes.
  ///
  /// @param count number of outputs
  /// @param range makes some of them
  private record Outputs(int count, Range range) {
    /// Whole units `from … to−1`; with the last goes what is left over.
    void run(int from, int to, int unit, Scratch scratch) {
      range.run(from * unit, to == count / unit ? count : to * unit, scratch);
    }
  }

  /// Cuts the outputs into pieces of whole units: alike where maps have the same number of them,
  /// else one map after the other.
  private void share(Matrix x, List<Outputs> maps, int unit, int threads) {
    int outputs = maps.stream().mapToInt(Outputs::count).sum();
    boolean alike = maps.stream().allMatch(map -> map.count() == maps.getFirst().count());
    int units =
        alike
            ? maps.getFirst().count() / unit
            : maps.stream().mapToInt(map -> map.count() / unit).sum();
    boolean alone = threads == 1 || (long) outputs * x.columns() * x.rows() < SHARED_WORK;
    int pieces = alone ? 1 : Math.min(units, threads * PIECES);
    int[] cuts = cuts(units, pieces);
    workers.run(
        pieces,
        threads,
        (index, scratch) -> {
          int before = 0;
          for (Outputs map : maps) {
            int own = map.count() / unit;
            int from = Math.max(cuts[index] - before, 0);
            int to = Math.min(cuts[index + 1] - before, own);
            if (from < to) {
              map.run(from, to, unit, scratch);
            }
            before += alike ? 0 : own;
          }
        });
  }

  /// Pieces that become smaller, so that no thread waits long for the last one.
  ///
  /// @return where each begins, in units, and the end of the last; no piece is empty
  static int[] cuts(int units, int pieces) {
    int[] cuts = new int[pieces + 1];
    for (int i = 1; i <= pieces; i++) {
      double left = 1 - (double) i / pieces;
      int wanted = (int) Math.round(units * (1 - left * left));
      cuts[i] = Math.max(cuts[i - 1] + 1, Math.min(wanted, units - (pieces - i)));
    }
    return cuts;
  }

  private static void dots(
      Matrix x, Matrix w, long bias, long y, int from, int to, Scratch scratch) {
    for (int next = from; next < to; next += RowDots.OUTPUTS) {
      // The last group overlaps the one before where outputs are left over: the same numbers again.
      int output = Math.min(next, to - RowDots.OUTPUTS);
      long shift = bias == 0 ? 0 : bias + 4L * output;
      long four = Widening.floats(w, output, RowDots.OUTPUTS, scratch);
      RowDots.product(x, four, shift, y + 4L * output, 4L * w.rows(), scratch);
    }
  }

  /// Panels that stay in the cache together meet all outputs of the piece before the next ones do.
  private static void lanes(
      Panels panels, Matrix w, long bias, long y, int from, int to, Scratch scratch) {
    int together = Math.max(1, CACHED_FLOATS / panels.in() / RowLanes.PANEL);
    int outputs = panels.outputs();
    long tile = scratch.floats(Scratch.Area.TILE, (long) RowLanes.PANEL * outputs);
    for (int first = 0; first < panels.count(); first += together) {
      int until = Math.min(panels.count(), first + together);
      for (int next = from; next < to; next += outputs) {
        int output = Math.min(next, to - outputs);
        long weights = Widening.floats(w, output, outputs, scratch);
        long shift = bias == 0 ? 0 : bias + 4L * output;
        for (int index = first; index < until; index++) {
          int row = index * RowLanes.PANEL;
          int width = panels.width(index);
          panels.product(index, weights, tile, 4L * width);
          long at = y + 4L * ((long) row * w.rows() + output);
          int rows = Math.min(width, panels.rows() - row);
          RowLanes.spread(tile, width, rows, outputs, shift, at, 4L * w.rows());
        }
      }
    }
  }

  private static void strips(
      Matrix x, Matrix w, long bias, long y, int from, int to, Scratch scratch) {
    long yStride = 4L * w.columns();
    for (int next = from; next < to; next += OutLanes.STRIP) {
      // The last strip overlaps the one before where outputs are left over: the same numbers again.
      int output = Math.min(next, to - OutLanes.STRIP);
      long shift = bias == 0 ? 0 : bias + 4L * output;
      strip(x, w, output, shift, y + 4L * output, yStride, scratch);
    }
  }

  private static void strip(
      Matrix x, Matrix w, int output, long bias, long y, long yStride, Scratch scratch) {
    long tile = scratch.floats(Scratch.Area.TILE, OutLanes.TILE);
    long xStride = 4L * x.columns();
    if (x.rows() <= ROWS_AT_ONCE && w.type() == WeightType.FLOAT32) {
      OutLanes.strip(
          new OutLanes.Rows(x.address(), xStride, x.rows()),
          new OutLanes.Weights(w.row(0) + 4L * output, 4L * w.columns(), w.rows()),
          new OutLanes.Outputs(y, yStride, /* added= */ false, bias),
          tile);
      return;
    }
    long packed = scratch.floats(Scratch.Area.WEIGHTS, (long) PACKED_INPUTS * OutLanes.STRIP);
    for (int i = 0; i < w.rows(); i += PACKED_INPUTS) {
      int some = Math.min(PACKED_INPUTS, w.rows() - i);
      Widening.strip(w, i, some, output, OutLanes.STRIP, packed);
      OutLanes.strip(
          new OutLanes.Rows(x.address() + 4L * i, xStride, x.rows()),
          new OutLanes.Weights(packed, 4L * OutLanes.STRIP, some),
          new OutLanes.Outputs(y, yStride, /* added= */ i > 0, bias),
          tile);
    }
  }
}
