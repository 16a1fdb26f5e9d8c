package io.lexiscope.model.forward;

import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import java.util.stream.Stream;

/// What attention sees besides the sequence.
public sealed interface Conditioning {

  /// Nothing.
  record None() implements Conditioning {}

  /// One more key and value in every layer, before those of the sequence: visible to every position
  /// whatever the mask, without a position of its own (no rotary turn), never updated. Where scores
  /// or pattern are recorded, its column is the first. Gradients flow into it.
  ///
  /// @param keys [batch, layer, kv_head, d_head], as they meet the queries
  /// @param values likewise
  /// @see Transformer#extraKey
  /// @see <a href="https://arxiv.org/abs/2405.17653">Huang et al. 2024</a>, the decoder of
  ///   InversionView
  record ExtraKey(Tensor keys, Tensor values) implements Conditioning, TensorHolder {
    @Override
    public Stream<Tensor> tensors() {
      return Stream.of(keys, values);
    }
  }

  /// Throws unless it is for a pass of these extents.
  ///
  /// @throws ForwardException naming both shapes
  default void requireFit(Transformer transformer, int rows) {
    switch (this) {
      case None _ -> {}
      case ExtraKey extra -> {
        var heads = transformer.architecture().block().attention().heads();
        Shape expected =
            Shape.of(rows, transformer.architecture().layers(), heads.kvHeads(), heads.dHead());
        if (!extra.keys().shape().equals(expected) || !extra.values().shape().equals(expected)) {
          throw new ForwardException(
              "extra key: expected keys and values [batch, layer, kv_head, d_head] = %s, got %s and %s"
                  .formatted(expected, extra.keys().shape(), extra.values().shape()));
        }
      }
    }
  }
}
