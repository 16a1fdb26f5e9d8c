package io.lexiscope.train.bpe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An ordered list of merges under construction, and how it splits a word.
final class Merges {
  /// Two pieces that become one.
  record Pair(String left, String right) {
    String joined() {
      return left + right;
    }

    @Override
    public String toString() {
      return left + " " + right;
    }
  }

  private final Map<Pair, Integer> ranks = new HashMap<>();
  private final List<Pair> order = new ArrayList<>();
  private final Set<String> made = new LinkedHashSet<>();

  Merges(List<Pair> first) {
    first.forEach(this::add);
  }

  /// Appends a merge; one that is there already keeps its place.
  void add(Pair pair) {
    if (ranks.putIfAbsent(pair, order.size()) == null) {
      order.add(pair);
      made.add(pair.joined());
    }
  }

  /// The pieces that the merges make, in the order they first appear; fewer than the merges where
  /// two make the same one.
  Set<String> made() {
    return made;
  }

  List<Pair> inOrder() {
    return order;
  }

  /// The pieces of a word in byte letters: the earliest merge that applies first, its leftmost
  /// place first.
  List<String> split(String word) {
    List<String> pieces = new ArrayList<>(List.of(word.split("")));
    while (true) {
      int best = -1;
      int bestRank = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < pieces.size(); i++) {
        @Nullable Integer rank = ranks.get(new Pair(pieces.get(i), pieces.get(i + 1)));
        if (rank != null && rank < bestRank) {
          best = i;
          bestRank = rank;
        }
      }
      if (best < 0) {
        return pieces;
      }
      pieces.set(best, pieces.get(best) + pieces.remove(best + 1));
    }
  }

  /// Appends the chain of merges that makes the word one piece. Later merges never undo this: a
  /// merge is applied only when no earlier one applies, so the word is put together by the merges
  /// up to here, in the same order, whatever follows.
  void require(String word) {
    List<String> pieces = split(word);
    String joined = pieces.getFirst();
    for (String piece : pieces.subList(1, pieces.size())) {
      var pair = new Pair(joined, piece);
      add(pair);
      joined = pair.joined();
    }
  }
}
