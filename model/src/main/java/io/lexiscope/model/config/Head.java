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
  /// @param masked the masked-language head
  record Encoder(boolean pooler, int outputs, Masked masked) implements Head {}

  /// A masked-language head: `W_U · norm(act(W · x + b)) + b_U`.
  enum Masked {
    /// There is none.
    NONE,
    /// W_U is the embedding matrix.
    TIED,
    /// W_U is a matrix of its own.
    UNTIED
  }
}
