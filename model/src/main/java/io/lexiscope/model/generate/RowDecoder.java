package io.lexiscope.model.generate;

import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/// Continues prompts of one length side by side, each as it would go on alone. Tokens that all of
/// them begin with are run once, and their keys and values are shared.
///
/// @param next gives the logits
/// @param decoding how tokens are chosen; every prompt draws with the same seed
/// @param banned what must not be chosen
record RowDecoder(NextLogits next, Decoding decoding, BannedSequences banned) {
  /// Tokens in common that are worth a pass of their own.
  private static final int WORTH_SHARING = 16;

  /// @param prompts of one length
  /// @param listener gets the number of the prompt and each of its steps; returns false to end that
  ///   continuation
  /// @return the steps of each prompt
  List<List<Generation.Step>> decode(
      List<TokenIds> prompts, BiPredicate<Integer, Generation.Step> listener) {
    next.requireRoom(decoding.tokens());
    int rows = prompts.size();
    List<List<Generation.Step>> steps = new ArrayList<>();
    List<TokenChooser> choosers = new ArrayList<>();
    List<List<Integer>> texts = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      steps.add(new ArrayList<>());
      choosers.add(new TokenChooser(decoding.strategy()));
      texts.add(new ArrayList<>(prompts.get(row).stream().boxed().toList()));
    }
    boolean[] ended = new boolean[rows];
    int going = rows;
    int capacity = next.promptLength() + decoding.tokens();
    int common = decoding.tokens() == 0 ? 0 : inCommon(prompts);
    try (KvCache cache = KvCache.branching(next.transformer(), rows, capacity)) {
      if (common > 0) {
        next.read(TokenBatch.of(part(prompts.getFirst(), 0, common)), cache);
      }
      cache.branch(rows);
      TokenBatch batch =
          new TokenBatch(
              prompts.stream().map(prompt -> part(prompt, common, prompt.size())).toList(),
              /* padding= */ 0);
      for (int i = 0; i < decoding.tokens() && going > 0; i++) {
        List<float[]> logits = next.of(batch, cache);
        List<TokenIds> chosen = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
          float[] allowed = banned.leftOut(texts.get(row), logits.get(row));
          Generation.Step step = choosers.get(row).choose(allowed, decoding.alternatives());
          texts.get(row).add(step.id());
          chosen.add(TokenIds.of(step.id()));
          if (!ended[row]) {
            steps.get(row).add(step);
            ended[row] = !listener.test(row, step) || decoding.stopAt().contains(step.id());
            going -= ended[row] ? 1 : 0;
          }
        }
        batch = new TokenBatch(chosen, /* padding= */ 0);
      }
    }
    return steps;
  }

  /// How many tokens all prompts begin with, one at least left to each; 0 where few are.
  private static int inCommon(List<TokenIds> prompts) {
    TokenIds first = prompts.getFirst();
    int common = 0;
    while (common < first.size() - 1 && sameAt(prompts, common)) {
      common++;
    }
    return prompts.size() > 1 && common >= WORTH_SHARING ? common : 0;
  }

  private static boolean sameAt(List<TokenIds> prompts, int position) {
    int id = prompts.getFirst().get(position);
    return prompts.stream().allMatch(prompt -> prompt.get(position) == id);
  }

  private static TokenIds part(TokenIds ids, int from, int end) {
    return TokenIds.of(ids.stream().skip(from).limit((long) end - from).toArray());
  }
}
