package io.lexiscope.analysis.edit;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.HashMap;
import java.util.Map;

/// How far a text repeats itself: the entropy of its pairs and triples of tokens.
public final class NgramEntropy {
  private NgramEntropy() {}

  /// `100·(2/3·H₂ + 4/3·H₃)/2`, in bits: the fluency of the editing literature, over tokens.
  ///
  /// @return 0 for a text of fewer than three tokens
  /// @see <a href="https://arxiv.org/abs/2202.05262">Meng et al. 2022, App. F</a>
  public static double of(TokenIds text) {
    return 100 * (2.0 / 3 * bits(text, 2) + 4.0 / 3 * bits(text, 3)) / 2;
  }

  private static double bits(TokenIds text, int n) {
    Map<TokenIds, Integer> counts = new HashMap<>();
    int all = text.size() - n + 1;
    for (int i = 0; i < all; i++) {
      counts.merge(text.slice(i, i + n), 1, Integer::sum);
    }
    double bits = 0;
    for (int count : counts.values()) {
      double share = (double) count / all;
      bits -= share * Math.log(share) / Math.log(2);
    }
    return bits;
  }
}
