package io.lexiscope.model.config;

/// How the network knows where a token stands.
public sealed interface Positions {

  /// No positions at all.
  record None() implements Positions {}

  /// A learned vector for each position, added to the token embedding.
  ///
  /// @param offset rows to skip: position p reads row p + offset (OPT: 2); the matrix has context +
  ///   offset rows
  /// @param tokenTypes rows of a second table for token types, of which everything is type 0 unless
  ///   asked otherwise (BERT: 2); 0 for no table
  record Learned(int offset, int tokenTypes) implements Positions {}

  /// Queries and keys turned by an angle that grows with the position.
  ///
  /// @param dimensions how many of a head's dimensions turn, counted from its first; the others
  ///   pass unchanged
  /// @param layout which dimensions form a pair
  /// @param global frequencies in layers that see everything
  /// @param sliding frequencies in layers with a sliding window; equal to `global` in all families
  ///   but Gemma 3
  /// @see <a href="https://arxiv.org/abs/2104.09864">Su et al. 2021</a>
  record Rotary(int dimensions, Layout layout, RotaryFrequencies global, RotaryFrequencies sliding)
      implements Positions {

    /// Checks that pairs can be formed.
    ///
    /// @throws ConfigException if the number of rotating dimensions is odd or not positive
    public Rotary {
      if (dimensions <= 0 || dimensions % 2 != 0) {
        throw new ConfigException(
            "architecture: expected an even number of rotary dimensions, got %d"
                .formatted(dimensions));
      }
    }

    /// The frequencies for a layer.
    ///
    /// @param span what the layer sees
    public RotaryFrequencies frequencies(AttentionSpan span) {
      return switch (span) {
        case AttentionSpan.Global _ -> global;
        case AttentionSpan.Sliding _ -> sliding;
      };
    }
  }

  /// Which dimensions turn together.
  enum Layout {
    /// Dimension i with i + dimensions/2 (GPT-NeoX, Llama and everything after).
    HALVES,
    /// Dimension 2i with 2i + 1 (GPT-J).
    INTERLEAVED
  }
}
