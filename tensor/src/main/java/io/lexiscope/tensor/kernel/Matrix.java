package io.lexiscope.tensor.kernel;

/// A row-major matrix in native memory.
///
/// @param address of the first element
/// @param type of the elements
/// @param rows number of rows
/// @param columns number of columns; rows follow each other without a gap
public record Matrix(long address, WeightType type, int rows, int columns) {

  /// A matrix of floats.
  public static Matrix floats(long address, int rows, int columns) {
    return new Matrix(address, WeightType.FLOAT32, rows, columns);
  }

  long row(long index) {
    return address + index * columns * type.bytes();
  }
}
