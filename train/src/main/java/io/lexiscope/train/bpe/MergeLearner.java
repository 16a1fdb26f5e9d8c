package io.lexiscope.train.bpe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Learns merges: again and again the pair of neighbouring pieces that occurs most often becomes
/// one piece.
///
/// Equal counts are decided by the text of the pieces, so the same corpus always gives the same
/// merges.
///
/// @see <a href="https://arxiv.org/abs/1508.07909">Sennrich et al. 2016, algorithm 1</a>; kept up
///   to date as in fastBPE: only words that hold the merged pair are looked at again
final class MergeLearner {
  /// A pair must occur at least twice to be worth a token.
  private static final long FEWEST = 2;

  private record Candidate(Merges.Pair pair, long count) {}

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingLong(Candidate::count)
          .reversed()
          .thenComparing(c -> c.pair().left())
          .thenComparing(c -> c.pair().right());

  private final List<List<String>> words = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<Merges.Pair, Long> pairCounts = new HashMap<>();
  private final Map<Merges.Pair, Set<Integer>> places = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>(BEST_FIRST);

  /// @param wordCounts counts by word in byte letters
  MergeLearner(SortedMap<String, Long> wordCounts) {
    wordCounts.forEach(
        (word, count) -> {
          words.add(List.of(word.split("")));
          counts.add(count);
        });
    for (int w = 0; w < words.size(); w++) {
      count(w, /* sign= */ 1, new HashSet<>());
    }
    pairCounts.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
  }

  /// The best merges in order, until they make `pieces` different pieces or no pair occurs twice.
  List<Merges.Pair> learn(int pieces) {
    var merges = new Merges(List.of());
    while (merges.made().size() < pieces) {
      Merges.@Nullable Pair best = poll();
      if (best == null) {
        break;
      }
      merges.add(best);
      apply(best);
    }
    return merges.inOrder();
  }

  private Merges.@Nullable Pair poll() {
    while (true) {
      @Nullable Candidate top = queue.poll();
      if (top == null || top.count() < FEWEST) {
        return null;
      }
      if (pairCounts.getOrDefault(top.pair(), 0L) == top.count()) {
        return top.pair();
      }
    }
  }

  private void apply(Merges.Pair pair) {
    Set<Integer> touched = places.remove(pair);
    if (touched == null) {
      return;
    }
    Set<Merges.Pair> changed = new HashSet<>();
    for (int w : new TreeSet<>(touched)) {
      count(w, /* sign= */ -1, changed);
      words.set(w, merged(words.get(w), pair));
      count(w, /* sign= */ 1, changed);
    }
    pairCounts.remove(pair);
    changed.remove(pair);
    for (Merges.Pair other : changed) {
      long count = pairCounts.getOrDefault(other, 0L);
      if (count >= FEWEST) {
        queue.add(new Candidate(other, count));
      }
    }
  }

  private void count(int word, int sign, Set<Merges.Pair> changed) {
    List<String> pieces = words.get(word);
    for (int i = 0; i + 1 < pieces.size(); i++) {
      var pair = new Merges.Pair(pieces.get(i), pieces.get(i + 1));
      pairCounts.merge(pair, sign * counts.get(word), Long::sum);
      changed.add(pair);
      if (sign > 0) {
        places.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
      }
    }
  }

  private static List<String> merged(List<String> pieces, Merges.Pair pair) {
    List<String> result = new ArrayList<>(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      boolean here =
          i + 1 < pieces.size()
              && pieces.get(i).equals(pair.left())
              && pieces.get(i + 1).equals(pair.right());
      result.add(here ? pair.joined() : pieces.get(i));
      if (here) {
        i++;
      }
    }
    return result;
  }
}
