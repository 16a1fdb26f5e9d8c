package io.lexiscope.analysis.tracing;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// A prompt with the value of every node that is traced.
///
/// @param tokens what the model reads
/// @param values in the order of [TracedPrompts#names]
public record TracedPrompt(TokenIds tokens, List<Double> values) {
  /// Copies the list.
  public TracedPrompt {
    values = List.copyOf(values);
  }
}
