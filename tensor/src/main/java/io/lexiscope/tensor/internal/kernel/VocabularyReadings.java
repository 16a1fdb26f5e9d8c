package io.lexiscope.tensor.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/// Readings of rows over a whole vocabulary, without a matrix of logits: additional memory is the
/// readings, and for each thread some rows turned round and a tile of logits.
public final class VocabularyReadings {
  /// The smallest vocabulary that can be read, whatever the width of a vector: known without
  /// loading vectors.
  public static final int FEWEST_ENTRIES = 16;

  /// Floats of turned rows that stay in a core's second cache beside weights and tile.
  private static final int CACHED_FLOATS = 128 * 1024;

  /// Pieces for each thread, so that one that is kept busy elsewhere can do fewer.
  private static final int PIECES = 4;

  private static final long SHARED_WORK = 200_000;

  private final Products products;

  VocabularyReadings(Products products) {
    this.products = products;
  }

  /// Reads every row.
  ///
  /// @param x floats, [rows, d]
  /// @param w [vocabulary, d]
  /// @param threads most threads to use
  public List<RowReading> read(Matrix x, Matrix w, VocabularyQuery query, int threads) {
    int together = Math.max(1, CACHED_FLOATS / x.columns() / RowLanes.PANEL) * RowLanes.PANEL;
    int groups = (x.rows() + together - 1) / together;
    boolean alone = threads == 1 || (long) x.rows() * w.rows() * x.columns() < SHARED_WORK;
    int cuts = alone ? 1 : Math.max(1, (PIECES * threads + groups - 1) / groups);
    int blocks = w.rows() / RowLanes.OUTPUTS;
    int parts = Math.max(1, Math.min(cuts, blocks / RowLanes.OUTPUTS_OF_ONE));
    RowReading[][] found = new RowReading[groups * parts][];
    products
        .workers()
        .run(
            found.length,
            alone ? 1 : threads,
            (index, scratch) -> {
              int first = index / parts * together;
              int rows = Math.min(together, x.rows() - first);
              int part = index % parts;
              int from = (int) ((long) blocks * part / parts) * RowLanes.OUTPUTS;
              int to =
                  part == parts - 1
                      ? w.rows()
                      : (int) ((long) blocks * (part + 1) / parts) * RowLanes.OUTPUTS;
              Panels panels = turned(x, first, rows, scratch);
              float[][] targets = targets(x, first, panels, w, query, scratch);
              RowReading[] some =
                  new VocabularyPass(panels, w, query, targets, scratch).read(from, to);
              if (parts == 1) {
                close(some);
              }
              found[index] = some;
            });
    List<RowReading> all = new ArrayList<>(x.rows());
    for (int group = 0; group < groups; group++) {
      RowReading[] whole = found[group * parts];
      for (int part = 1; part < parts; part++) {
        for (int row = 0; row < whole.length; row++) {
          whole[row].addAll(found[group * parts + part][row]);
        }
      }
      if (parts > 1) {
        close(whole);
      }
      all.addAll(List.of(whole));
    }
    return all;
  }

  private static void close(RowReading[] readings) {
    for (RowReading reading : readings) {
      reading.close();
    }
  }

  private static Panels turned(Matrix x, int first, int rows, Scratch scratch) {
    int in = x.columns();
    Panels panels =
        new Panels(scratch.floats(Scratch.Area.ROWS, Panels.floats(rows, in)), rows, in);
    for (int index = 0; index < panels.count(); index++) {
      panels.turn(x, first, index);
    }
    return panels;
  }

  /// A target's logit must be the very number that its line will hold, or it would be counted
  /// against itself: it is summed in the same order.
  private static float[][] targets(
      Matrix x, int first, Panels panels, Matrix w, VocabularyQuery query, Scratch scratch) {
    float[][] logits = new float[query.targets().size()][panels.count() * RowLanes.PANEL];
    for (int t = 0; t < logits.length; t++) {
      int target = query.targets().get(t);
      long wide = Widening.floats(w, target, /* count= */ 1, scratch);
      boolean biased = query.bias() != 0;
      float bias = biased ? Lanes.get(query.bias() + 4L * target) : 0;
      for (int row = 0; row < panels.rows(); row++) {
        float raw = RowLanes.dot(x.row((long) first + row), wide, w.columns());
        logits[t][row] = TileMath.finished(raw, bias, biased, query.cap());
      }
    }
    return logits;
  }
}
