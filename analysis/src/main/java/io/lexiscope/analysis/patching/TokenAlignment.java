package io.lexiscope.analysis.patching;

import io.lexiscope.model.intervene.PositionMap;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Which position of one prompt stands for which of another.
///
/// Prompts of one length are aligned position by position, as published sweeps do. Others share the
/// longest common subsequence of their tokens; of two stretches that differ between shared tokens
/// the last positions are paired, since what a name of several tokens means stands at its last, and
/// those left over stand for nothing.
///
/// @param map from positions of the prompt that is changed to those that values are taken from
/// @param length positions of the prompt that is changed
/// @param firstApart the first position from which the prompts are not the same
public record TokenAlignment(PositionMap.Aligned map, int length, int firstApart) {

  /// Aligns a prompt with the one that values are taken from.
  ///
  /// @param changed the prompt that is changed
  /// @param source the prompt that values are taken from
  public static TokenAlignment of(TokenIds changed, TokenIds source) {
    int shorter = Math.min(changed.size(), source.size());
    int apart = 0;
    while (apart < shorter && changed.get(apart) == source.get(apart)) {
      apart++;
    }
    int[] sources = new int[changed.size()];
    if (changed.size() == source.size()) {
      Arrays.setAll(sources, i -> i);
    } else {
      Arrays.fill(sources, -1);
      align(changed, source, sources);
    }
    Map<Integer, Integer> pairs = new TreeMap<>();
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] >= 0) {
        pairs.put(i, sources[i]);
      }
    }
    return new TokenAlignment(new PositionMap.Aligned(pairs), changed.size(), apart);
  }

  private static void align(TokenIds changed, TokenIds source, int[] sources) {
    int n = changed.size();
    int m = source.size();
    int[][] common = new int[n + 1][m + 1];
    for (int i = n - 1; i >= 0; i--) {
      for (int j = m - 1; j >= 0; j--) {
        common[i][j] =
            changed.get(i) == source.get(j)
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int stretch = 0;
    int from = 0;
    int i = 0;
    int j = 0;
    while (i < n && j < m) {
      if (changed.get(i) == source.get(j)) {
        pairEnds(sources, stretch, i, from, j);
        sources[i++] = j++;
        stretch = i;
        from = j;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    pairEnds(sources, stretch, n, from, m);
  }

  private static void pairEnds(int[] sources, int start, int end, int from, int to) {
    for (int back = 1; back <= Math.min(end - start, to - from); back++) {
      sources[end - back] = to - back;
    }
  }

  /// Where values of a position come from; empty where it stands for nothing.
  ///
  /// @param position of the prompt that is changed, from 0
  public OptionalInt source(int position) {
    return map.of(position);
  }
}
