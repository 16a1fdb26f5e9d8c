package io.lexiscope.model.tokenizer;

import java.util.Arrays;

/// What share of a piece's occurrences later merges take up, estimated from the order of the merges
/// alone.
///
/// Byte-pair encoding merges the most frequent pair first, so the n-th merge made a piece that
/// occurred about as often as 1/n of the first one's (Zipf's law). A piece that came n-th and that
/// the merges m₁, m₂, … take up is left with a share of 1 − Σ n/mᵢ: ` strugg` goes on to `
/// struggle`, ` struggling`, … and is left with nothing.
///
/// @see <a href="https://aclanthology.org/P16-1162">Sennrich et al. 2016</a>, byte-pair encoding
final class MergedOn {
  private int[] madeAt = new int[0];
  private double[] shares = new double[0];
  private int merges;

  /// The next merge, by the ids of its parts and its result, −1 for one that has none.
  void add(int left, int right, int made) {
    merges++;
    take(left);
    if (right != left) {
      take(right);
    }
    if (made >= 0) {
      reach(made);
      if (madeAt[made] == 0) {
        madeAt[made] = merges;
      }
    }
  }

  private void take(int part) {
    if (part >= 0 && part < madeAt.length && madeAt[part] > 0) {
      shares[part] += (double) madeAt[part] / merges;
    }
  }

  private void reach(int id) {
    if (id >= madeAt.length) {
      int size = Math.max(id + 1, 2 * madeAt.length);
      madeAt = Arrays.copyOf(madeAt, size);
      shares = Arrays.copyOf(shares, size);
    }
  }

  /// The share, 0 for a piece that no merge made; above 1 where the estimate is too large.
  double of(int id) {
    return id >= 0 && id < shares.length ? shares[id] : 0;
  }
}
