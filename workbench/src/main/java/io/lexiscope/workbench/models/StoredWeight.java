package io.lexiscope.workbench.models;

import java.util.List;

/// A tensor as its file holds it.
///
/// @param name name in the file
/// @param shape sizes of its axes, outermost first
/// @param type how its numbers are stored, such as `Q4_K`
public record StoredWeight(String name, List<Long> shape, String type) {
  /// Copies the shape.
  public StoredWeight {
    shape = List.copyOf(shape);
  }
}
