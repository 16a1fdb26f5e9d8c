package io.lexiscope.tensor;

import io.lexiscope.tensor.block.BlockType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The one way to the numbers of a matrix stored in blocks: whole, some rows, some columns, or
/// through a product. Only what is asked for is widened, and never more than a tile at a time where
/// a product is wanted.
final class BlockRows {
  /// Floats of a tile of a product: 4 MiB stay in the caches.
  private static final long TILE = 1 << 20;

  /// Numbers that are worth a second thread.
  private static final long SHARED_WORK = 1 << 16;

  private BlockRows() {}

  /// All numbers, float32 [rows, columns], in the innermost scope.
  static Tensor widen(Tensor matrix, BlockType type) {
    return part(matrix, type, new Range(0, matrix.size(0)), new Range(0, matrix.size(1)));
  }

  static Tensor narrow(Tensor matrix, BlockType type, int axis, long start, long length) {
    Range range = range(matrix, axis, start, length);
    return axis == 0 || axis == -2
        ? matrix.blockRows(start, length)
        : part(matrix, type, new Range(0, matrix.size(0)), range);
  }

  static Tensor select(Tensor matrix, BlockType type, int axis, long index) {
    long at = index < 0 ? index + matrix.size(axis) : index;
    Range one = range(matrix, axis, at, 1);
    return TensorScope.tidy(
        () ->
            (axis == 0 || axis == -2
                    ? part(matrix, type, one, new Range(0, matrix.size(1)))
                    : part(matrix, type, new Range(0, matrix.size(0)), one))
                .reshape(-1));
  }

  /// Rows or columns by number, float32.
  static Tensor pick(Tensor matrix, BlockType type, int axis, long[] indices) {
    for (long index : indices) {
      Range _ = range(matrix, axis, index, 1);
    }
    boolean rows = axis == 0 || axis == -2;
    long[] picked =
        rows ? indices : IntStream.range(0, toInt(matrix.size(0))).asLongStream().toArray();
    int columns = toInt(rows ? matrix.size(1) : indices.length);
    Tensor y = Tensors.empty(Shape.of(picked.length, columns));
    Row row = new Row(matrix, type, y);
    each(
        picked.length,
        rows ? columns : columns * (long) type.elements(),
        (index, from, to) -> {
          if (rows) {
            row.widen(picked[index], 0, columns, from, to);
            row.put(to, 0, columns, (long) index * columns);
          } else {
            for (int i = 0; i < columns; i++) {
              long first = indices[i] / type.elements() * type.elements();
              row.widen(picked[index], first, type.elements(), from, to);
              row.put(to, toInt(indices[i] - first), 1, (long) index * columns + i);
            }
          }
        },
        row);
    return y;
  }

  static Tensor embedding(Tensor table, Tensor ids) {
    return TensorScope.tidy(
        () -> {
          long[] dims = new long[ids.shape().rank() + 1];
          System.arraycopy(ids.shape().toArray(), 0, dims, 0, dims.length - 1);
          dims[dims.length - 1] = table.size(1);
          return table.indexSelect(0, ids.reshape(-1)).reshape(dims);
        });
  }

  /// `x·Wᵀ + b` in libtorch, tile by tile of the outputs.
  static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return TensorScope.tidy(
        () -> {
          long outputs = weight.size(0);
          long tile = Math.max(1, TILE / weight.size(1));
          List<Tensor> parts = new ArrayList<>();
          for (long start = 0; start < outputs; start += tile) {
            long from = start;
            long length = Math.min(tile, outputs - start);
            parts.add(
                TensorScope.tidy(
                    () -> {
                      Tensor wide = weight.narrow(0, from, length).to(x.dtype());
                      Tensor shift =
                          bias == null ? null : bias.narrow(0, from, length).to(x.dtype());
                      return Nn.linearOutIn(x, wide, shift);
                    }));
          }
          return parts.size() == 1 ? parts.getFirst() : Tensors.cat(parts, -1);
        });
  }

  private record Range(long start, long length) {}

  private static Range range(Tensor matrix, int axis, long start, long length) {
    if (start < 0 || length < 0 || start + length > matrix.size(axis)) {
      throw new TensorException(
          "rows of blocks: expected a range within axis %d of %s, got %d from %d"
              .formatted(axis, matrix, length, start));
    }
    return new Range(start, length);
  }

  private static Tensor part(Tensor matrix, BlockType type, Range rows, Range columns) {
    Tensor y = Tensors.empty(Shape.of(rows.length(), columns.length()));
    long first = columns.start() / type.elements() * type.elements();
    long end = columns.start() + columns.length();
    int wide = toInt((end - first + type.elements() - 1) / type.elements() * type.elements());
    Row row = new Row(matrix, type, y);
    each(
        toInt(rows.length()),
        wide,
        (index, from, to) -> {
          row.widen(rows.start() + index, first, wide, from, to);
          row.put(
              to,
              toInt(columns.start() - first),
              toInt(columns.length()),
              index * columns.length());
        },
        row);
    return y;
  }

  /// Reads rows of blocks and writes floats.
  private record Row(Tensor matrix, BlockType type, MemorySegment source, MemorySegment target) {
    Row(Tensor matrix, BlockType type, Tensor y) {
      this(matrix, type, source(matrix, type), y.memory());
    }

    @SuppressWarnings("restricted") // the extent comes from the tensor itself
    private static MemorySegment source(Tensor matrix, BlockType type) {
      long bytes = Math.multiplyExact(matrix.size(0), type.bytesOf(matrix.size(1)));
      return MemorySegment.ofAddress(matrix.plainAddress()).reinterpret(bytes);
    }

    long bytes() {
      return type.bytesOf(matrix.size(1));
    }

    void widen(long row, long column, int count, byte[] from, float[] to) {
      int blocks = count / type.elements();
      long at = row * bytes() + type.bytesOf(column);
      MemorySegment.copy(source, ValueLayout.JAVA_BYTE, at, from, 0, blocks * type.bytes());
      type.widen(from, 0, blocks, to, 0);
    }

    void put(float[] from, int at, int count, long element) {
      MemorySegment.copy(from, at, target, ValueLayout.JAVA_FLOAT, 4 * element, count);
    }
  }

  private interface OnRow {
    void run(int index, byte[] from, float[] to);
  }

  /// Does rows in stretches, several at a time where it is worth it.
  ///
  /// @param numbers widened for each row
  private static void each(int rows, long numbers, OnRow work, Row row) {
    int pieces =
        rows * numbers < SHARED_WORK ? 1 : Math.min(rows, 4 * Math.max(1, NativeRuntime.threads()));
    IntStream range = IntStream.range(0, pieces);
    (pieces == 1 ? range : range.parallel())
        .forEach(
            piece -> {
              byte[] from = new byte[toInt(row.bytes())];
              float[] to = new float[toInt(row.matrix().size(1))];
              int end = toInt((long) rows * (piece + 1) / pieces);
              for (int i = toInt((long) rows * piece / pieces); i < end; i++) {
                work.run(i, from, to);
              }
            });
  }

  private static int toInt(long number) {
    return Math.toIntExact(number);
  }

  /// The shape of the numbers of a native tensor, which holds bytes where they are in blocks.
  static Shape shape(org.bytedeco.pytorch.Tensor handle, @Nullable BlockType blocks) {
    long[] dims = new long[(int) handle.dim()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = handle.size(i);
    }
    if (blocks != null) {
      dims[dims.length - 1] = dims[dims.length - 1] / blocks.bytes() * blocks.elements();
    }
    return Shape.of(dims);
  }
}
