package io.lexiscope.analysis.detox;

import io.lexiscope.model.intervene.Target;
import java.util.List;

/// Which value vectors a detoxification experiment sets.
public sealed interface VectorSelection {
  /// These.
  ///
  /// @param neurons their neurons, each once
  record Named(List<Target.Neuron> neurons) implements VectorSelection {
    /// Copies the list.
    ///
    /// @throws DetoxException if it is empty
    public Named {
      neurons = neurons.stream().distinct().toList();
      if (neurons.isEmpty()) {
        throw new DetoxException(
            "neurons", "detox: expected at least one neuron, got none; leave neurons out");
      }
    }
  }

  /// Those that promote words most, by mean vector score ([WordPromotion]).
  ///
  /// @param words token ids
  /// @param count how many vectors
  record Promoting(List<Integer> words, int count) implements VectorSelection {
    /// Copies the list.
    ///
    /// @throws DetoxException if it is empty or the count is below 1
    public Promoting {
      words = List.copyOf(words);
      if (words.isEmpty()) {
        throw new DetoxException(
            "words", "detox: expected at least one word, got none; leave words out");
      }
      requireCount(count);
    }
  }

  /// Those that are estimated to lower the expected number of lexicon tokens most in what the model
  /// itself says on the choosing half ([LexiconPull]).
  ///
  /// @param count how many vectors
  record Lowering(int count) implements VectorSelection {
    /// Checks the count.
    ///
    /// @throws DetoxException if it is below 1
    public Lowering {
      requireCount(count);
    }
  }

  private static void requireCount(int count) {
    if (count < 1) {
      throw new DetoxException("count", "detox: expected 1 or more vectors in count, got " + count);
    }
  }
}
