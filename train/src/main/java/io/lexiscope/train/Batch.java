package io.lexiscope.train;

import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// What one forward pass sees and what it should say.
sealed interface Batch {
  /// What the network reads.
  TokenBatch inputs();

  /// Next tokens.
  ///
  /// @param inputs the rows
  /// @param positions places that count, as row · length + position, ascending
  /// @param targets the token that should follow at each of these places
  record NextTokens(TokenBatch inputs, TokenIds positions, TokenIds targets) implements Batch {
    boolean everywhere() {
      return positions.size() == inputs.size() * inputs.length();
    }
  }

  /// One number for each row.
  ///
  /// @param inputs the rows
  /// @param targets the numbers
  record Values(TokenBatch inputs, List<Double> targets) implements Batch {
    /// Copies the list.
    public Values {
      targets = List.copyOf(targets);
    }
  }
}
