package io.lexiscope.model.reading;

import io.lexiscope.model.tokenizer.SpecialTokens;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/// The tokens that training hardly touched, as weights and tokenizer tell: they keep the long rows
/// they got, and so head the list of nearly every vector.
///
/// A token is under-trained when its row of W_U is longer than the median by more than 3.3 robust
/// deviations (1.4826·MAD, the median absolute deviation); when it is a piece that later merges
/// always take up ([Tokenizer#mergedOn] at least 1) and its row is longer by more than one; or when
/// it is reserved: marked as special without a role, or a row without a token.
///
/// Lists leave them out and count them; sums and ranks never do.
///
/// @see <a href="https://arxiv.org/abs/2405.05417">Land and Bartolo 2024</a>, fishing for Magikarp
public final class UnderTrained {
  private static final double LONG = 3.3;
  private static final double LONGISH = 1;

  /// Makes the median absolute deviation a standard deviation of normal numbers.
  private static final double ROBUST = 1.4826;

  private final BitSet tail;
  private final BitSet pieces;
  private final BitSet reserved;
  private final BitSet all;

  private UnderTrained(BitSet tail, BitSet pieces, BitSet reserved) {
    this.tail = tail;
    this.pieces = pieces;
    this.reserved = reserved;
    this.all = new BitSet();
    all.or(tail);
    all.or(pieces);
    all.or(reserved);
  }

  static UnderTrained of(float[] lengths, Tokenizer tokenizer) {
    float median = median(lengths.clone());
    float[] away = new float[lengths.length];
    for (int id = 0; id < away.length; id++) {
      away[id] = Math.abs(lengths[id] - median);
    }
    double deviation = ROBUST * median(away);
    BitSet tail = new BitSet();
    BitSet pieces = new BitSet();
    BitSet reserved = new BitSet();
    SpecialTokens specials = tokenizer.specials();
    Set<Integer> roles = new HashSet<>(specials.byRole().values());
    for (int id = 0; id < lengths.length; id++) {
      double beyond = lengths[id] - median;
      boolean known = roles.contains(id);
      tail.set(id, !known && beyond > LONG * deviation);
      pieces.set(id, !known && tokenizer.mergedOn(id) >= 1 && beyond > LONGISH * deviation);
      reserved.set(
          id,
          tokenizer.isPresent()
              && !known
              && (specials.contains(id) || tokenizer.bytes(id).length == 0));
    }
    return new UnderTrained(tail, pieces, reserved);
  }

  /// @param numbers is sorted
  private static float median(float[] numbers) {
    Arrays.sort(numbers);
    int half = numbers.length / 2;
    return numbers.length % 2 == 1
        ? numbers[half]
        : numbers.length == 0 ? Float.NaN : (numbers[half - 1] + numbers[half]) / 2;
  }

  /// Whether lists leave a token out.
  public boolean contains(int id) {
    return all.get(id);
  }

  /// How many there are.
  public int size() {
    return all.cardinality();
  }

  /// How many are in the tail of lengths.
  public int longRows() {
    return tail.cardinality();
  }

  /// How many are pieces that always go on.
  public int pieces() {
    return pieces.cardinality();
  }

  /// How many are reserved.
  public int reserved() {
    return reserved.cardinality();
  }
}
