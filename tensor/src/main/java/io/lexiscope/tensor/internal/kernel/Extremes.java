package io.lexiscope.tensor.internal.kernel;

import java.util.Arrays;

/// The `k` largest (or smallest) numbers offered so far, ties by lower id. Ids must be offered in
/// rising order.
///
/// Candidates are kept as keys whose order is the order wanted; once there are about twice as many
/// as needed they are sorted and the worse half is dropped.
final class Extremes {
  private static final int SPARE = 16;

  private final int wanted;
  private final boolean largest;
  private long[] keys;
  private int count;

  Extremes(int wanted, boolean largest) {
    this.wanted = wanted;
    this.largest = largest;
    this.keys = new long[wanted == 0 ? 0 : 2 * wanted + SPARE];
  }

  /// Adds a candidate that passed the threshold.
  ///
  /// @return whether the threshold has changed
  boolean offer(float value, int id) {
    keys[count++] = key(value, id);
    if (count < keys.length) {
      return false;
    }
    keepBest();
    return true;
  }

  private void keepBest() {
    Arrays.sort(keys, 0, count);
    int kept = Math.min(count, wanted);
    System.arraycopy(keys, count - kept, keys, 0, kept);
    // The worst of those kept comes first.
    count = kept;
  }

  /// The worst number kept, after [#offer] has said that there is a new one: what a further number
  /// has to be beyond.
  float worst() {
    return value(0);
  }

  /// Takes over another's candidates, whose ids are all higher.
  void addAll(Extremes other) {
    other.keepBest();
    for (int i = 0; i < other.count; i++) {
      if (count == keys.length) {
        keepBest();
      }
      keys[count++] = other.keys[i];
    }
  }

  /// Sorts what is kept, and lets go of the rest.
  ///
  /// @return keys, worst first
  long[] best() {
    keepBest();
    keys = Arrays.copyOf(keys, count);
    return keys;
  }

  private float value(int index) {
    return value(keys[index], largest);
  }

  /// The number of a key.
  static float value(long key, boolean largest) {
    int ordered = (int) (key >> 32);
    int bits = largest ? ordered : ~ordered;
    return Float.intBitsToFloat(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
  }

  /// The id of a key.
  static int id(long key) {
    return (int) (0xffff_ffffL - (key & 0xffff_ffffL));
  }

  private long key(float value, int id) {
    // Minus zero is no less than zero.
    int bits = Float.floatToRawIntBits(value + 0f);
    int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return ((long) (largest ? ordered : ~ordered) << 32) | (0xffff_ffffL - id);
  }
}
