package io.lexiscope.tensor;

import java.util.stream.Stream;

/// The extreme elements along an axis.
///
/// @param values the elements, most extreme first
/// @param indices where they stood, INT64
public record TopK(Tensor values, Tensor indices) implements TensorHolder {
  @Override
  public Stream<Tensor> tensors() {
    return Stream.of(values, indices);
  }
}
