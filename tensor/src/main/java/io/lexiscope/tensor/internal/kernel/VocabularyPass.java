package io.lexiscope.tensor.internal.kernel;

import java.util.Arrays;

/// Some rows over a range of the vocabulary: products tile by tile, each tile read while it is in
/// the cache.
final class VocabularyPass {
  private static final int BLOCKS = 16;

  private final Panels panels;
  private final Matrix w;
  private final VocabularyQuery query;
  private final Scratch scratch;
  private final RowReading[] readings;
  private final float[] above;
  private final float[] below;
  private final float[][] targets;
  private final int[][] ahead;
  private final float[] max = new float[Lanes.COUNT];
  private final float[] mass = new float[Lanes.COUNT];
  private final float[] moment = new float[Lanes.COUNT];

  /// @param targets logits of the targets, [target][row], filled up to whole panels
  VocabularyPass(
      Panels panels, Matrix w, VocabularyQuery query, float[][] targets, Scratch scratch) {
    this.panels = panels;
    this.w = w;
    this.query = query;
    this.targets = targets;
    this.scratch = scratch;
    int padded = panels.count() * RowLanes.PANEL;
    this.above = new float[padded];
    this.below = new float[padded];
    // Rows that only fill a panel up offer nothing.
    Arrays.fill(above, Float.POSITIVE_INFINITY);
    Arrays.fill(below, Float.NEGATIVE_INFINITY);
    Arrays.fill(above, 0, panels.rows(), Float.NaN);
    Arrays.fill(below, 0, panels.rows(), Float.NaN);
    this.ahead = new int[targets.length][padded];
    this.readings = new RowReading[panels.rows()];
    Arrays.setAll(readings, row -> new RowReading(query, w.rows()));
  }

  /// Reads entries `from … to−1`.
  ///
  /// @return one reading for each row, not yet closed
  RowReading[] read(int from, int to) {
    int outputs = panels.outputs();
    int most = outputs * BLOCKS;
    int panel = RowLanes.PANEL;
    // A last block that overlaps the one before begins in front of the tile.
    long lines = (long) (most + outputs) * panels.count();
    long tiles = scratch.floats(Scratch.Area.TILE, lines * panel);
    for (int start = from; start < to; start += most) {
      int end = Math.min(to, start + most);
      for (int next = start; next < end; next += outputs) {
        int output = Math.min(next, w.rows() - outputs);
        long weights = Widening.floats(w, output, outputs, scratch);
        for (int index = 0; index < panels.count(); index++) {
          long step = 4L * panels.width(index);
          long tile = tile(tiles, index, most + outputs) + (outputs + output - start) * step;
          panels.product(index, weights, tile, step);
        }
      }
      for (int index = 0; index < panels.count(); index++) {
        long step = 4L * panels.width(index);
        long tile = tile(tiles, index, most + outputs) + outputs * step;
        for (int column = 0; column < panels.width(index); column += Lanes.COUNT) {
          column(tile + 4L * column, step, index * panel + column, start, end);
        }
      }
    }
    for (int t = 0; t < targets.length; t++) {
      for (int row = 0; row < readings.length; row++) {
        readings[row].target(t, targets[t][row], ahead[t][row]);
      }
    }
    return readings;
  }

  private static long tile(long tiles, int index, int lines) {
    return tiles + 4L * index * lines * RowLanes.PANEL;
  }

  /// One vector of rows, from `row` on; rows beyond the last are there but not read.
  private void column(long at, long step, int row, int start, int end) {
    int lines = end - start;
    int rows = Math.min(Lanes.COUNT, readings.length - row);
    if (rows <= 0) {
      return;
    }
    if (query.bias() != 0 || query.cap() != 0) {
      long bias = query.bias() == 0 ? 0 : query.bias() + 4L * start;
      TileMath.finish(at, step, lines, bias, query.cap());
    }
    TileMath.max(at, step, lines, max);
    TileMath.mass(at, step, lines, max, mass, moment);
    for (int r = 0; r < rows; r++) {
      readings[row + r].addMass(max[r], mass[r], moment[r]);
    }
    for (int t = 0; t < targets.length; t++) {
      int before = Math.clamp((long) query.targets().get(t) - start, 0, lines);
      TileMath.ahead(at, step, lines, before, targets[t], ahead[t], row);
    }
    if (query.top() > 0) {
      for (int line = TileMath.nextAbove(at, step, 0, lines, above, row);
          line < lines;
          line = TileMath.nextAbove(at, step, line + 1, lines, above, row)) {
        offer(at + line * step, row, rows, start + line);
      }
    }
    if (query.bottom() > 0) {
      for (int line = TileMath.nextBelow(at, step, 0, lines, below, row);
          line < lines;
          line = TileMath.nextBelow(at, step, line + 1, lines, below, row)) {
        offerLow(at + line * step, row, rows, start + line);
      }
    }
  }

  private void offer(long line, int row, int rows, int id) {
    for (int r = 0; r < rows; r++) {
      float logit = Lanes.get(line + 4L * r);
      if (!(logit <= above[row + r]) && readings[row + r].top().offer(logit, id)) {
        above[row + r] = readings[row + r].top().worst();
      }
    }
  }

  private void offerLow(long line, int row, int rows, int id) {
    for (int r = 0; r < rows; r++) {
      float logit = Lanes.get(line + 4L * r);
      if (!(logit >= below[row + r]) && readings[row + r].bottom().offer(logit, id)) {
        below[row + r] = readings[row + r].bottom().worst();
      }
    }
  }
}
