package io.lexiscope.model.expression;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Map;

/// The endless repetitions of an expression: whether one of them can read the same text in several
/// ways, which costs exponentially, and how many can share a text, each of which costs a power.
///
/// @see <a href="https://doi.org/10.1007/978-3-319-40946-7_27">Weideman et al. 2016, §3</a>
final class Loops {
  private static final int LARGEST = 60;

  private final PatternPositions positions;
  private final BitSet[] reach;
  private final BitSet[] loops;

  private Loops(PatternPositions positions) {
    this.positions = positions;
    this.reach = reach(positions);
    this.loops = new BitSet[positions.count()];
    for (int p = 0; p < loops.length; p++) {
      loops[p] = new BitSet();
      for (int q = reach[p].nextSetBit(0); q >= 0; q = reach[p].nextSetBit(q + 1)) {
        loops[p].set(q, reach[q].get(p));
      }
    }
  }

  /// The power of the text's length that a failing match from one place costs; 0 without endless
  /// repetitions.
  ///
  /// @throws ExpressionException if it is exponential
  static int degree(PatternPositions positions) {
    var loops = new Loops(positions);
    for (int p = 0; p < positions.count(); p++) {
      if (loops.reach[p].get(p) && loops.loops[p].nextSetBit(0) == p) {
        loops.requireOneWay(p);
      }
    }
    return loops.longestChain();
  }

  private static BitSet[] reach(PatternPositions positions) {
    var reach = new BitSet[positions.count()];
    for (int p = 0; p < reach.length; p++) {
      reach[p] = new BitSet();
      positions.follow(p).keySet().forEach(reach[p]::set);
    }
    for (int via = 0; via < reach.length; via++) {
      for (BitSet from : reach) {
        if (from.get(via)) {
          from.or(reach[via]);
        }
      }
    }
    return reach;
  }

  /// No position of the loop may come back to itself over one text in two ways.
  private void requireOneWay(int first) {
    BitSet loop = loops[first];
    if (loop.cardinality() > LARGEST) {
      throw new ExpressionException(
          "an endless repetition of more than %d characters".formatted(LARGEST));
    }
    for (int p = loop.nextSetBit(0); p >= 0; p = loop.nextSetBit(p + 1)) {
      for (Map.Entry<Integer, Integer> next : positions.follow(p).entrySet()) {
        if (loop.get(next.getKey()) && next.getValue() > 1) {
          throw exponential();
        }
      }
      BitSet forward = pairs(p, loop, /* backward= */ false);
      forward.and(pairs(p, loop, /* backward= */ true));
      for (int pair = forward.nextSetBit(0); pair >= 0; pair = forward.nextSetBit(pair + 1)) {
        if (pair / positions.count() != pair % positions.count()) {
          throw exponential();
        }
      }
    }
  }

  private static ExpressionException exponential() {
    return new ExpressionException(
        "an endless repetition that can read the same text in several ways");
  }

  /// The pairs of positions inside the loop that are reached from `(p, p)` over one text.
  private BitSet pairs(int p, BitSet loop, boolean backward) {
    int count = positions.count();
    var seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(p * count + p);
    while (!open.isEmpty()) {
      int pair = open.remove();
      BitSet left = next(pair / count, loop, backward);
      BitSet right = next(pair % count, loop, backward);
      for (int a = left.nextSetBit(0); a >= 0; a = left.nextSetBit(a + 1)) {
        for (int b = right.nextSetBit(0); b >= 0; b = right.nextSetBit(b + 1)) {
          if (!seen.get(a * count + b) && positions.overlap(a, b)) {
            seen.set(a * count + b);
            open.add(a * count + b);
          }
        }
      }
    }
    return seen;
  }

  private BitSet next(int p, BitSet loop, boolean backward) {
    var next = new BitSet();
    for (int q = loop.nextSetBit(0); q >= 0; q = loop.nextSetBit(q + 1)) {
      next.set(
          q, backward ? positions.follow(q).containsKey(p) : positions.follow(p).containsKey(q));
    }
    return next;
  }

  /// One for the first loop on a way through the expression and one for each later one that can
  /// read what an earlier one read. A loop of one character after which the match is complete costs
  /// nothing: who reaches it is done.
  private int longestChain() {
    var longest = new int[positions.count()];
    int most = 0;
    for (int round = 0, changed = 1; changed > 0 && round <= positions.count(); round++) {
      changed = 0;
      for (int p = 0; p < longest.length; p++) {
        if (reach[p].get(p)) {
          int length = Math.max(1, chain(p, longest));
          changed += length > longest[p] ? 1 : 0;
          longest[p] = Math.max(longest[p], length);
          most = Math.max(most, longest[p]);
        }
      }
    }
    return most;
  }

  private int chain(int p, int[] longest) {
    int best = longest[p];
    for (int q = 0; q < longest.length; q++) {
      if (!reach[q].get(q) || !reach[q].get(p)) {
        continue;
      }
      boolean same = loops[p].get(q);
      boolean done = positions.accepts(p) && loops[p].cardinality() == 1;
      boolean shared = !same && !done && meet(loops[q], loops[p]);
      best = Math.max(best, longest[q] + (shared ? 1 : 0));
    }
    return best;
  }

  private boolean meet(BitSet one, BitSet other) {
    for (int a = one.nextSetBit(0); a >= 0; a = one.nextSetBit(a + 1)) {
      for (int b = other.nextSetBit(0); b >= 0; b = other.nextSetBit(b + 1)) {
        if (positions.overlap(a, b)) {
          return true;
        }
      }
    }
    return false;
  }
}
