package io.lexiscope.model.gguf;

import io.lexiscope.model.weights.StoredType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes small GGUF files for tests.
public final class GgufWriter {
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final List<Item> items = new ArrayList<>();
  private int version = 3;
  private int alignment = 32;

  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  private record Item(String name, int type, List<Long> shape, byte[] data) {}

  /// Another version than 3.
  public GgufWriter version(int number) {
    version = number;
    return this;
  }

  /// Another alignment than 32.
  public GgufWriter alignment(int bytes) {
    alignment = bytes;
    return put("general.alignment", bytes);
  }

  /// @param value a text, int (uint32), long (uint64), short (int16), byte (uint8), float, double
  ///   or boolean, or a list of texts, ints (int32), floats, booleans or lists
  public GgufWriter put(String key, Object value) {
    metadata.put(key, value);
    return this;
  }

  /// @param shape outermost first
  public GgufWriter tensor(String name, StoredType type, List<Long> shape, byte[] data) {
    return tensor(name, number(type), shape, data);
  }

  public GgufWriter tensor(String name, int type, List<Long> shape, byte[] data) {
    items.add(new Item(name, type, shape, data));
    return this;
  }

  /// @param shape outermost first
  public GgufWriter floats(String name, List<Long> shape, float[] numbers) {
    ByteBuffer data = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(numbers);
    return tensor(name, StoredType.F32, shape, data.array());
  }

  public Path write(Path file) throws IOException {
    Files.write(file, bytes());
    return file;
  }

  public byte[] bytes() {
    var out = new Out();
    out.write("GGUF".getBytes(StandardCharsets.US_ASCII), 0, 4);
    out.int32(version);
    out.int64(items.size());
    out.int64(metadata.size());
    metadata.forEach(
        (key, value) -> {
          out.text(key);
          out.int32(type(value));
          out.value(value);
        });
    long offset = 0;
    for (Item item : items) {
      out.text(item.name());
      out.int32(item.shape().size());
      item.shape().reversed().forEach(out::int64);
      out.int32(item.type());
      out.int64(offset);
      offset = aligned(offset + item.data().length);
    }
    for (Item item : items) {
      out.pad(alignment);
      out.write(item.data(), 0, item.data().length);
    }
    out.pad(alignment);
    return out.toByteArray();
  }

  private long aligned(long position) {
    return (position + alignment - 1) / alignment * alignment;
  }

  private static int number(StoredType type) {
    for (int number = 0; number < 64; number++) {
      if (TensorTypes.of(number).filter(type::equals).isPresent()) {
        return number;
      }
    }
    throw new IllegalArgumentException("no number for " + type);
  }

  private static int type(Object value) {
    return switch (value) {
      case Byte _ -> 0;
      case Short _ -> 3;
      case Integer _ -> 4;
      case Float _ -> 6;
      case Boolean _ -> 7;
      case String _ -> 8;
      case List<?> _ -> 9;
      case Long _ -> 10;
      case Double _ -> 12;
      default -> throw new IllegalArgumentException("no type for " + value.getClass());
    };
  }

  private static final class Out extends ByteArrayOutputStream {
    void int32(int number) {
      for (int shift = 0; shift < 32; shift += 8) {
        write(number >> shift);
      }
    }

    void int64(long number) {
      int32((int) number);
      int32((int) (number >> 32));
    }

    void text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int64(bytes.length);
      write(bytes, 0, bytes.length);
    }

    void pad(int alignment) {
      while (size() % alignment != 0) {
        write(0);
      }
    }

    void value(Object value) {
      switch (value) {
        case Byte number -> write(number);
        case Short number -> {
          write(number);
          write(number >> 8);
        }
        case Integer number -> int32(number);
        case Float number -> int32(Float.floatToRawIntBits(number));
        case Boolean flag -> write(flag ? 1 : 0);
        case String text -> text(text);
        case Long number -> int64(number);
        case Double number -> int64(Double.doubleToRawLongBits(number));
        case List<?> list -> {
          Object first = list.isEmpty() ? "" : list.getFirst();
          int32(first instanceof Integer ? 5 : type(first));
          int64(list.size());
          list.forEach(this::value);
        }
        default -> throw new IllegalArgumentException("no type for " + value.getClass());
      }
    }
  }
}
