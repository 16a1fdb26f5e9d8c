package io.lexiscope.analysis.exit;

import java.util.Arrays;
import java.util.List;

/// Examples that clusters are compared with: the average overlap from counts, the largest by a scan
/// over packed rows.
sealed interface OverlapGroup permits OverlapGroup.Sets, OverlapGroup.Ranks {

  static OverlapGroup of(Overlap overlap, List<int[]> rows) {
    return switch (overlap) {
      case SET -> new Sets(rows);
      case RANK -> new Ranks(rows);
    };
  }

  boolean isEmpty();

  /// Average overlap with the rows; NaN without rows.
  double average(int[] clusters);

  /// The largest overlap with a row, but no larger than `enough`, where the scan ends; −1 without
  /// rows.
  int largest(int[] clusters, int enough);

  private static int clusters(List<int[]> rows) {
    return rows.stream().flatMapToInt(Arrays::stream).max().orElse(-1) + 1;
  }

  /// Rows as sets of clusters, one bit for each cluster.
  final class Sets implements OverlapGroup {
    private final int rows;
    private final int words;
    private final long[] bits;
    private final int[] having;

    Sets(List<int[]> rows) {
      this.rows = rows.size();
      this.having = new int[clusters(rows)];
      this.words = (having.length + Long.SIZE - 1) / Long.SIZE;
      this.bits = new long[this.rows * words];
      for (int row = 0; row < this.rows; row++) {
        for (int cluster : rows.get(row)) {
          bits[row * words + cluster / Long.SIZE] |= 1L << cluster;
        }
        for (int cluster : Arrays.stream(rows.get(row)).distinct().toArray()) {
          having[cluster]++;
        }
      }
    }

    @Override
    public boolean isEmpty() {
      return rows == 0;
    }

    @Override
    public double average(int[] clusters) {
      long total = 0;
      long[] seen = pack(clusters);
      for (int word = 0; word < words; word++) {
        for (long left = seen[word]; left != 0; left &= left - 1) {
          total += having[word * Long.SIZE + Long.numberOfTrailingZeros(left)];
        }
      }
      return (double) total / rows;
    }

    @Override
    public int largest(int[] clusters, int enough) {
      long[] asked = pack(clusters);
      int best = -1;
      for (int row = 0; row < rows && best < enough; row++) {
        int common = 0;
        for (int word = 0; word < words; word++) {
          common += Long.bitCount(bits[row * words + word] & asked[word]);
        }
        best = Math.max(best, common);
      }
      return best;
    }

    /// The clusters that some row has, as bits.
    private long[] pack(int[] clusters) {
      long[] packed = new long[words];
      for (int cluster : clusters) {
        if (cluster < having.length) {
          packed[cluster / Long.SIZE] |= 1L << cluster;
        }
      }
      return packed;
    }
  }

  /// Rows as lists of clusters by rank.
  final class Ranks implements OverlapGroup {
    private final int rows;
    private final int top;
    private final int[] packed;
    private final int[][] having;

    Ranks(List<int[]> rows) {
      this.rows = rows.size();
      this.top = rows.stream().mapToInt(row -> row.length).max().orElse(0);
      this.packed = new int[this.rows * top];
      Arrays.fill(packed, -1);
      this.having = new int[top][clusters(rows)];
      for (int row = 0; row < this.rows; row++) {
        int[] clusters = rows.get(row);
        System.arraycopy(clusters, 0, packed, row * top, clusters.length);
        for (int rank = 0; rank < clusters.length; rank++) {
          having[rank][clusters[rank]]++;
        }
      }
    }

    @Override
    public boolean isEmpty() {
      return rows == 0;
    }

    @Override
    public double average(int[] clusters) {
      long total = 0;
      for (int rank = 0; rank < Math.min(top, clusters.length); rank++) {
        total += clusters[rank] < having[rank].length ? having[rank][clusters[rank]] : 0;
      }
      return (double) total / rows;
    }

    @Override
    public int largest(int[] clusters, int enough) {
      int ranks = Math.min(top, clusters.length);
      int best = -1;
      for (int row = 0; row < rows && best < enough; row++) {
        int common = 0;
        for (int rank = 0; rank < ranks; rank++) {
          common += packed[row * top + rank] == clusters[rank] ? 1 : 0;
        }
        best = Math.max(best, common);
      }
      return best;
    }
  }
}
