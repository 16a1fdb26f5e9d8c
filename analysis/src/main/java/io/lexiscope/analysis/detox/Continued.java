package io.lexiscope.analysis.detox;

import io.lexiscope.model.tokenizer.TokenIds;

/// A prompt and how a model went on from it.
///
/// @param prompt token ids
/// @param continuation token ids, an end token not among them
public record Continued(TokenIds prompt, TokenIds continuation) {

  /// Both together.
  public TokenIds all() {
    return prompt.plus(continuation.stream().toArray());
  }
}
