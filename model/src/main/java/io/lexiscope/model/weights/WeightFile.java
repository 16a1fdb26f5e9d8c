package io.lexiscope.model.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A mapped file of named tensors, whatever its format.
public interface WeightFile {

  /// Where the file is.
  Path file();

  /// Names of the tensors, in the order of their data.
  Set<String> names();

  /// A tensor, if there is one of that name.
  ///
  /// @param name name in the file
  Optional<StoredTensor> get(String name);

  /// Where a tensor that is there lies.
  ///
  /// @param name one of [#names]
  Place place(String name);

  /// Where a tensor lies in the file.
  ///
  /// @param type type of its elements
  /// @param shape sizes of its axes, outermost first
  /// @param position its first byte, counted from the start of the file
  /// @param bytes how many there are
  record Place(StoredType type, List<Long> shape, long position, long bytes) {

    /// Copies the shape.
    public Place {
      shape = List.copyOf(shape);
    }
  }
}
