package io.lexiscope.model.weights;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// One tensor of a weight file: little-endian, row-major, read-only, zero copy.
///
/// @param name name in the file
/// @param type type of the elements
/// @param shape sizes of the axes, outermost first; empty for a scalar
/// @param data the elements; address aligned to the element size; valid until the file's arena is
///   closed
/// @param file where it is stored
public record StoredTensor(
    String name, StoredType type, List<Long> shape, MemorySegment data, Path file) {

  /// Copies the shape.
  public StoredTensor {
    shape = List.copyOf(shape);
  }

  /// Number of elements.
  public long elements() {
    return data.byteSize() / type.bytes() * type.elements();
  }
}
