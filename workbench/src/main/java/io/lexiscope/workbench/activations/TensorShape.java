package io.lexiscope.workbench.activations;

import java.util.List;

/// One tensor of a file.
///
/// @param name its name
/// @param shape length of each axis
public record TensorShape(String name, List<Long> shape) {
  /// Copies the shape.
  public TensorShape {
    shape = List.copyOf(shape);
  }
}
