package io.lexiscope.model.config;

/// What reads the last, normed residual stream.
public sealed interface Head {

  /// The unembedding: `logits = softCap(W_U · x + b_U)`.
  ///
  /// @param tied whether W_U is the embedding matrix
  /// @param bias whether there is a b_U (GPT-J, Phi)
  /// @param softCap squeeze of the logits (Gemma 2)
  record Language(boolean tied, boolean bias, SoftCap softCap) implements Head {}

  /// What sits on an encoder (BERT).
  ///
  /// @param pooler whether `tanh(W · x[0] + b)` is computed
  /// @param outputs rows of a linear layer on the pooled vector (classes, or 1 for a regression); 0
  ///   for none
  /// @param maskedLanguage whether there is a masked-language head: `W_E · norm(act(W · x + b)) +
  ///   b_U`
  record Encoder(boolean pooler, int outputs, boolean maskedLanguage) implements Head {}
}
