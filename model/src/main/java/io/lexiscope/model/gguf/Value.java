package io.lexiscope.model.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A value of the metadata.
sealed interface Value {

  /// A whole number. One of 64 bits without a sign that is too large is negative here, which
  /// nothing asks for.
  record Whole(long number) implements Value {}

  /// A number with a fraction.
  record Real(double number) implements Value {}

  /// True or false.
  record Flag(boolean flag) implements Value {}

  /// A text.
  record Text(String text) implements Value {}

  /// A list, which stays in the mapping until somebody asks for its elements.
  ///
  /// @param type of the elements
  /// @param count how many there are
  /// @param bytes the elements one after the other
  record Items(ValueType type, int count, MemorySegment bytes) implements Value {

    /// The elements, each a number or a flag; lists of texts and lists of lists have none.
    List<Value> values() {
      var values = new ArrayList<Value>(count);
      if (type != ValueType.STRING && type != ValueType.ARRAY) {
        for (int i = 0; i < count; i++) {
          values.add(scalar(type, bytes, (long) i * type.leastBytes()));
        }
      }
      return values;
    }

    /// The elements of a list of texts.
    List<String> texts() {
      var texts = new ArrayList<String>(count);
      long position = 0;
      for (int i = 0; i < count; i++) {
        long length = bytes.get(LONG, position);
        texts.add(Cursor.text(bytes.asSlice(position + Long.BYTES, length)));
        position += Long.BYTES + length;
      }
      return texts;
    }

    /// The elements of a list of bytes.
    byte[] raw() {
      return bytes.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// A number or a flag.
  static Value scalar(ValueType type, MemorySegment bytes, long at) {
    return switch (type) {
      case UINT8 -> new Whole(bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF);
      case INT8 -> new Whole(bytes.get(ValueLayout.JAVA_BYTE, at));
      case UINT16 -> new Whole(bytes.get(SHORT, at) & 0xFFFF);
      case INT16 -> new Whole(bytes.get(SHORT, at));
      case UINT32 -> new Whole(bytes.get(INT, at) & 0xFFFF_FFFFL);
      case INT32 -> new Whole(bytes.get(INT, at));
      case UINT64, INT64 -> new Whole(bytes.get(LONG, at));
      case FLOAT32 -> new Real(Float.intBitsToFloat(bytes.get(INT, at)));
      case FLOAT64 -> new Real(Double.longBitsToDouble(bytes.get(LONG, at)));
      case BOOL -> new Flag(bytes.get(ValueLayout.JAVA_BYTE, at) != 0);
      case STRING, ARRAY ->
          throw new IllegalArgumentException("scalar: expected a number or a flag, got " + type);
    };
  }
}
