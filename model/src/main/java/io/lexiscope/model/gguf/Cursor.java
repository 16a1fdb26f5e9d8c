package io.lexiscope.model.gguf;

import io.lexiscope.model.weights.WeightsException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A place in a header that moves on as values are read, and never beyond the end of the file.
final class Cursor {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment data;
  private final Path file;
  private long position;

  Cursor(MemorySegment data, Path file) {
    this.data = data;
    this.file = file;
  }

  Path file() {
    return file;
  }

  /// What was read since a position.
  MemorySegment since(long start) {
    return data.asSlice(start, position - start);
  }

  long position() {
    return position;
  }

  long left() {
    return data.byteSize() - position;
  }

  int int32(String what) {
    require(4, what);
    int value = data.get(INT, position);
    position += 4;
    return value;
  }

  long int64(String what) {
    require(8, what);
    long value = data.get(LONG, position);
    position += 8;
    return value;
  }

  /// A number of things that each take at least so many bytes.
  ///
  /// @param most how many are believed
  int count(String what, long most, long bytesEach) {
    long count = int64("the number of " + what);
    if (count < 0 || count > most || count > left() / bytesEach) {
      throw broken(
          "at most %d %s".formatted(Math.min(most, left() / bytesEach), what),
          Long.toUnsignedString(count) + " announced");
    }
    return (int) count;
  }

  String text(String what, int most) {
    long length = int64("the length of " + what);
    if (length < 0 || length > Math.min(most, left())) {
      throw broken(
          "%s of at most %d bytes".formatted(what, Math.min(most, left())),
          Long.toUnsignedString(length) + " announced");
    }
    return text(slice(length, what));
  }

  static String text(MemorySegment bytes) {
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /// Steps over bytes.
  MemorySegment slice(long bytes, String what) {
    require(bytes, what);
    MemorySegment slice = data.asSlice(position, bytes);
    position += bytes;
    return slice;
  }

  private void require(long bytes, String what) {
    if (bytes < 0 || bytes > left()) {
      throw broken(
          "%d bytes for %s".formatted(bytes, what),
          "%d until the end of the file".formatted(left()));
    }
  }

  WeightsException broken(String expected, String got) {
    return broken(expected, got, file);
  }

  static WeightsException broken(String expected, String got, Path file) {
    return new WeightsException(
        "open GGUF: expected %s, got %s in %s; the file is damaged or incomplete, fetch it again"
            .formatted(expected, got, file));
  }
}
