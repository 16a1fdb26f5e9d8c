package io.lexiscope.tensor;

import java.util.stream.Stream;

/// A result that carries tensors out of [TensorScope#tidy]: they move to the enclosing scope with
/// it.
public interface TensorHolder {
  /// Every tensor that the holder needs to stay alive.
  Stream<Tensor> tensors();
}
