package io.lexiscope.tensor;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The map from a vector to logits over the vocabulary.
///
/// @param weight W_U as stored, [vocabulary, d_model], any float type
/// @param bias \[vocabulary\], or null for none
/// @param softCap `c` of `c·tanh(logit/c)`, where the architecture has one
public record Unembedding(Tensor weight, @Nullable Tensor bias, OptionalDouble softCap) {

  /// Number of vocabulary entries.
  public int vocabularySize() {
    return Math.toIntExact(weight.size(0));
  }

  /// Logits of the vocabulary entries `start … start+length−1`.
  ///
  /// @param x [rows, d_model], float32
  /// @return [rows, length]
  public Tensor logits(Tensor x, long start, long length) {
    return TensorScope.tidy(
        () -> {
          Tensor block = weight.narrow(0, start, length);
          Tensor blockBias = bias == null ? null : bias.narrow(0, start, length);
          Tensor raw = Nn.linear(x, block, blockBias, WeightLayout.OUT_IN);
          if (softCap.isEmpty()) {
            return raw;
          }
          double cap = softCap.getAsDouble();
          return raw.div(cap).tanh().mul(cap);
        });
  }

  /// Logits of the whole vocabulary.
  ///
  /// @param x [..., d_model]
  /// @return [..., vocabulary]
  public Tensor logits(Tensor x) {
    return logits(x, 0, weight.size(0));
  }
}
