package io.lexiscope.analysis.activations;

import java.util.List;

/// A tensor that was written.
///
/// @param name its name in the file
/// @param shape sizes of its axes, outermost first
/// @param notFinite how many of its numbers are NaN or infinite
public record WrittenTensor(String name, List<Long> shape, long notFinite) {
  /// Copies the shape.
  public WrittenTensor {
    shape = List.copyOf(shape);
  }
}
