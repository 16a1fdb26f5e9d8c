package io.lexiscope.tensor.internal.kernel;

import io.lexiscope.tensor.block.BlockType;
import org.jspecify.annotations.Nullable;

/// A row-major matrix in native memory.
///
/// @param address of the first element
/// @param type of the elements
/// @param blocks how rows are stored, where the type is [WeightType#BLOCKS]; else null
/// @param rows number of rows
/// @param columns number of columns; rows follow each other without a gap
public record Matrix(
    long address, WeightType type, @Nullable BlockType blocks, int rows, int columns) {

  /// A matrix of numbers one by one.
  public Matrix(long address, WeightType type, int rows, int columns) {
    this(address, type, /* blocks= */ null, rows, columns);
  }

  /// A matrix whose rows are stored in blocks.
  public static Matrix ofBlocks(long address, BlockType blocks, int rows, int columns) {
    return new Matrix(address, WeightType.BLOCKS, blocks, rows, columns);
  }

  /// A matrix of floats.
  public static Matrix floats(long address, int rows, int columns) {
    return new Matrix(address, WeightType.FLOAT32, rows, columns);
  }

  long row(long index) {
    return address
        + index * (blocks == null ? (long) columns * type.bytes() : blocks.bytesOf(columns));
  }
}
