package io.lexiscope.model.generate;

import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Continues prompts.
///
/// @param transformer the network
/// @param tokenizer makes the text of the result
/// @param interventions in force at every step
public record Generator(Transformer transformer, Tokenizer tokenizer, Interventions interventions) {

  /// Continues a prompt.
  ///
  /// @throws ForwardException if the prompt is empty, has ids outside the vocabulary, or prompt and
  ///   continuation do not fit the context
  public Generation generate(TokenIds prompt, Decoding decoding) {
    return generate(prompt, decoding, step -> true);
  }

  /// Continues a prompt and reports each token as it comes.
  ///
  /// @param listener gets each step; returns false to stop
  /// @throws ForwardException as above
  public Generation generate(
      TokenIds prompt, Decoding decoding, Predicate<Generation.Step> listener) {
    long start = System.nanoTime();
    int context = transformer.architecture().longestSequence().orElse(Integer.MAX_VALUE);
    int room = context - prompt.size();
    if (decoding.tokens() > room && room >= 0) {
      throw new ForwardException(
          "generate: expected at most %d new tokens after a prompt of %d in a context of %d, got %d"
              .formatted(room, prompt.size(), context, decoding.tokens()));
    }
    TokenBatch batch = TokenBatch.of(prompt);
    TokenChooser chooser = new TokenChooser(decoding.strategy());
    List<Generation.Step> steps = new ArrayList<>();
    try (KvCache cache =
        KvCache.create(transformer, /* batch= */ 1, prompt.size() + decoding.tokens())) {
      TokenBatch next = batch;
      for (int i = 0; i < decoding.tokens(); i++) {
        float[] logits = lastLogits(next, cache, prompt.size());
        Generation.Step step = chooser.choose(logits, decoding.alternatives());
        steps.add(step);
        if (!listener.test(step) || decoding.stopAt().contains(step.id())) {
          break;
        }
        next = TokenBatch.of(TokenIds.of(step.id()));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    TokenIds all = prompt.plus(steps.stream().mapToInt(Generation.Step::id).toArray());
    String text = tokenizer.isPresent() ? tokenizer.decode(all) : "";
    return new Generation(prompt, steps, text, seconds);
  }

  private float[] lastLogits(TokenBatch batch, KvCache cache, int promptLength) {
    return TensorScope.tidy(
        () -> {
          ActiveHooks hooks =
              new ActiveHooks(
                  Recording.nothing(), interventions.changes(cache.length(), promptLength));
          Tensor last = transformer.forward(batch, hooks, cache);
          return transformer.logits(last.narrow(1, last.size(1) - 1, 1)).toFloats();
        });
  }
}
