package io.lexiscope.analysis.detox;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How varied continuations are.
///
/// @param distinct1 different tokens by tokens, over all continuations together
/// @param distinct2 different pairs of neighbours by pairs, over all continuations together
/// @param repetition share of pairs that their own continuation has had before, mean over
///   continuations
public record Diversity(double distinct1, double distinct2, double repetition) {

  /// Of continuations; NaN where there is nothing to count.
  public static Diversity of(List<TokenIds> continuations) {
    Set<Integer> singles = new HashSet<>();
    Set<List<Integer>> pairs = new HashSet<>();
    long tokens = 0;
    long pairCount = 0;
    double repeated = 0;
    int withPairs = 0;
    for (TokenIds ids : continuations) {
      tokens += ids.size();
      ids.stream().forEach(singles::add);
      Set<List<Integer>> own = new HashSet<>();
      for (int i = 1; i < ids.size(); i++) {
        own.add(List.of(ids.get(i - 1), ids.get(i)));
      }
      pairs.addAll(own);
      int count = Math.max(0, ids.size() - 1);
      pairCount += count;
      if (count > 0) {
        repeated += 1 - (double) own.size() / count;
        withPairs++;
      }
    }
    return new Diversity(
        (double) singles.size() / tokens, (double) pairs.size() / pairCount, repeated / withPairs);
  }
}
