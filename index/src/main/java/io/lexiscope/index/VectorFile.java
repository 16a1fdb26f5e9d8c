package io.lexiscope.index;

import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// All vectors, mapped: rows of float32 in the machine's (little-endian) order, nothing else.
final class VectorFile implements AutoCloseable {
  private final Arena arena;
  private final TensorScope scope;
  private final Tensor rows;

  private VectorFile(Arena arena, TensorScope scope, Tensor rows) {
    this.arena = arena;
    this.scope = scope;
    this.rows = rows;
  }

  /// @throws IndexException if the file is not as long as that many vectors are
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  static VectorFile open(Path file, int vectors, int width) throws IOException {
    long expected = (long) vectors * width * Float.BYTES;
    long size = Files.size(file);
    if (size != expected) {
      throw new IndexException(
          "index: expected %d bytes for %d vectors of width %d, got %d in %s"
              .formatted(expected, vectors, width, size, file));
    }
    Arena arena = Arena.ofShared();
    TensorScope scope = TensorScope.open();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, size, arena);
      Tensor rows =
          scope.call(() -> Tensors.fromMemory(mapped, DType.FLOAT32, Shape.of(vectors, width)));
      return new VectorFile(arena, scope, rows);
    } catch (IOException | RuntimeException failed) {
      scope.close();
      arena.close();
      throw failed;
    }
  }

  /// Appends rows to a file being written.
  ///
  /// @param rows contiguous, float32
  static void append(FileChannel channel, Tensor rows) throws IOException {
    ByteBuffer bytes = rows.memory().asByteBuffer();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// [vectors, width], float32; not to be changed.
  Tensor rows() {
    return rows;
  }

  @Override
  public void close() {
    scope.close();
    arena.close();
  }
}
