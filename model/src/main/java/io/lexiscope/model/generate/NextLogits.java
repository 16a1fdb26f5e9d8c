package io.lexiscope.model.generate;

import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Logits of the next token of each sequence, under the interventions in force.
///
/// @param transformer the network
/// @param interventions in force at every step
/// @param promptLength positions of the prompt, from which negative positions count
record NextLogits(Transformer transformer, Interventions interventions, int promptLength) {

  /// Throws unless a prompt and so many more tokens fit the context.
  void requireRoom(int tokens) {
    int context = transformer.architecture().longestSequence().orElse(Integer.MAX_VALUE);
    int room = context - promptLength;
    // A prompt that is too long by itself is refused by the forward pass.
    if (room >= 0 && tokens > room) {
      throw new ForwardException(
          "generate: expected at most %d new tokens after a prompt of %d in a context of %d, got %d"
              .formatted(room, promptLength, context, tokens));
    }
  }

  /// Runs tokens whose logits nobody needs.
  void read(TokenBatch batch, KvCache cache) {
    TokenBatch running = transformer.toRun(batch, cache);
    TensorScope.tidyRun(
        () -> {
          var last = transformer.forward(running, hooks(cache), cache);
          assert last.size(0) == batch.size();
        });
  }

  private ActiveHooks hooks(KvCache cache) {
    return new ActiveHooks(
        Recording.nothing(), interventions.changes(cache.length(), promptLength));
  }

  /// Runs the tokens that the cache does not hold yet, and those it holds where they have changed.
  ///
  /// @return one array of [vocabulary] logits for each sequence
  List<float[]> of(TokenBatch batch, KvCache cache) {
    TokenBatch running = transformer.toRun(batch, cache);
    float[] all =
        TensorScope.tidy(
            () -> {
              var last = transformer.forward(running, hooks(cache), cache);
              return transformer.logits(last.narrow(1, last.size(1) - 1, 1)).toFloats();
            });
    int vocabulary = all.length / batch.size();
    List<float[]> rows = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      rows.add(Arrays.copyOfRange(all, row * vocabulary, (row + 1) * vocabulary));
    }
    return rows;
  }
}
