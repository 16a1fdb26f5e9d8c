package io.lexiscope.model.gguf;

import io.lexiscope.model.weights.StoredType;
import io.lexiscope.model.weights.WeightFile;
import io.lexiscope.model.weights.WeightsException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parsed and checked beginning of a file.
///
/// @param metadata what the file says of itself
/// @param places where each tensor lies, in the order of the data
record Header(Metadata metadata, Map<String, WeightFile.Place> places) {
  static final int LEAST_BYTES = 24;

  private static final int MAGIC = 0x4655_4747; // GGUF
  private static final int MOST_KEYS = 1 << 16;
  private static final int MOST_TENSORS = 1 << 17;
  private static final int LONGEST_KEY = 1 << 16;
  private static final int LONGEST_NAME = 1 << 10;
  private static final int LONGEST_TEXT = 1 << 26;
  private static final int MOST_ITEMS = 1 << 26;
  private static final int MOST_AXES = 4;
  private static final int MOST_NESTED = 4;
  private static final int ALIGNMENT = 32;
  private static final int LARGEST_ALIGNMENT = 1 << 20;

  /// Parses the beginning of a file.
  ///
  /// @param data the whole file
  /// @throws WeightsException if anything about it breaks the format
  static Header parse(MemorySegment data, Path file) {
    var cursor = new Cursor(data, file);
    int magic = cursor.int32("the magic number");
    if (magic != MAGIC) {
      throw new WeightsException(
          "open GGUF: expected a file that begins with GGUF, got another beginning at %s"
              .formatted(file));
    }
    version(cursor.int32("the version"), file);
    int tensors = cursor.count("tensors", MOST_TENSORS, /* bytesEach= */ 24);
    int keys = cursor.count("keys", MOST_KEYS, /* bytesEach= */ 13);
    var entries = new LinkedHashMap<String, Metadata.Entry>();
    for (int i = 0; i < keys; i++) {
      long start = cursor.position();
      String key = cursor.text("the name of key " + i, LONGEST_KEY);
      Value value = value(cursor, key, cursor.int32("the type of " + key), /* depth= */ 0);
      var bytes = data.asSlice(start, cursor.position() - start);
      if (entries.put(key, new Metadata.Entry(value, bytes)) != null) {
        throw cursor.broken("every key once", key + " again");
      }
    }
    var metadata = new Metadata(file, entries);
    var infos = new ArrayList<TensorEntry>();
    for (int i = 0; i < tensors; i++) {
      infos.add(info(cursor, i));
    }
    return new Header(metadata, places(infos, metadata, cursor, file));
  }

  private static void version(int version, Path file) {
    if (version == 2 || version == 3) {
      return;
    }
    boolean reversed = Integer.reverseBytes(version) > 0 && Integer.reverseBytes(version) < 16;
    throw new WeightsException(
        "open GGUF: expected version 2 or 3, little-endian, got %s in %s; convert the file with a current tool"
            .formatted(
                reversed
                    ? "big-endian version " + Integer.reverseBytes(version)
                    : "version " + Integer.toUnsignedString(version),
                file));
  }

  private static ValueType type(Cursor cursor, String key, int number) {
    var types = ValueType.values();
    if (number < 0 || number >= types.length) {
      throw cursor.broken(
          "a value type below %d for %s".formatted(types.length, key),
          Integer.toUnsignedString(number));
    }
    return types[number];
  }

  private static Value value(Cursor cursor, String key, int number, int depth) {
    ValueType type = type(cursor, key, number);
    return switch (type) {
      case STRING -> new Value.Text(cursor.text(key, LONGEST_TEXT));
      case ARRAY -> items(cursor, key, depth);
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, FLOAT32, BOOL, UINT64, INT64, FLOAT64 ->
          Value.scalar(type, cursor.slice(type.leastBytes(), key), 0);
    };
  }

  private static Value.Items items(Cursor cursor, String key, int depth) {
    if (depth == MOST_NESTED) {
      throw cursor.broken("lists at most %d deep".formatted(MOST_NESTED), "more for " + key);
    }
    ValueType type = type(cursor, key, cursor.int32("the type of the elements of " + key));
    int count = cursor.count("elements of " + key, MOST_ITEMS, type.leastBytes());
    long start = cursor.position();
    switch (type) {
      case STRING -> {
        for (int i = 0; i < count; i++) {
          long length = cursor.int64("the length of an element of " + key);
          MemorySegment _ = cursor.slice(length, "an element of " + key);
        }
      }
      case ARRAY -> {
        for (int i = 0; i < count; i++) {
          Value.Items _ = items(cursor, key, depth + 1);
        }
      }
      default -> {
        MemorySegment _ = cursor.slice((long) count * type.leastBytes(), key);
      }
    }
    return new Value.Items(type, count, cursor.since(start));
  }

  /// A tensor as the header describes it.
  private record TensorEntry(
      String name, StoredType type, List<Long> shape, long offset, long bytes) {}

  private static TensorEntry info(Cursor cursor, int index) {
    String name = cursor.text("the name of tensor " + index, LONGEST_NAME);
    int axes = cursor.int32("the number of axes of " + name);
    if (axes < 0 || axes > MOST_AXES) {
      throw cursor.broken(
          "at most %d axes for %s".formatted(MOST_AXES, name), Integer.toUnsignedString(axes));
    }
    var innermostFirst = new ArrayList<Long>();
    long elements = 1;
    for (int axis = 0; axis < axes; axis++) {
      long size = cursor.int64("a size of " + name);
      if (size < 1 || elements > Long.MAX_VALUE / 16 / size) {
        throw cursor.broken(
            "sizes of %s that can be counted".formatted(name), Long.toUnsignedString(size));
      }
      elements *= size;
      innermostFirst.add(size);
    }
    int number = cursor.int32("the type of " + name);
    StoredType type =
        TensorTypes.of(number)
            .orElseThrow(
                () ->
                    new WeightsException(
                        "open GGUF: expected a known tensor type for %s, got %s in %s; requantise the model to another type"
                            .formatted(name, TensorTypes.unknown(number), cursor.file())));
    long row = axes == 0 ? 1 : innermostFirst.getFirst();
    if (row % type.elements() != 0) {
      throw cursor.broken(
          "rows of %s in whole blocks of %d, as %s needs them"
              .formatted(name, type.elements(), type),
          row + " numbers in a row");
    }
    long offset = cursor.int64("the place of " + name);
    return new TensorEntry(
        name, type, innermostFirst.reversed(), offset, elements / type.elements() * type.bytes());
  }

  private static Map<String, WeightFile.Place> places(
      List<TensorEntry> infos, Metadata metadata, Cursor cursor, Path file) {
    int alignment = metadata.integer("general.alignment").orElse(ALIGNMENT);
    if (alignment < 1 || alignment > LARGEST_ALIGNMENT || Integer.bitCount(alignment) != 1) {
      throw cursor.broken("an alignment that is a power of two", Integer.toString(alignment));
    }
    long begin = (cursor.position() + alignment - 1) / alignment * alignment;
    long most = cursor.position() + cursor.left() - begin;
    var sorted = new ArrayList<>(infos);
    sorted.sort(Comparator.comparingLong(TensorEntry::offset));
    var places = new LinkedHashMap<String, WeightFile.Place>();
    long end = 0;
    for (TensorEntry info : sorted) {
      if (info.offset() < 0 || info.offset() % alignment != 0) {
        throw cursor.broken(
            "%s at a multiple of %d".formatted(info.name(), alignment),
            Long.toUnsignedString(info.offset()));
      }
      if (info.offset() < end) {
        throw cursor.broken(
            "%s to begin at or after %d, where the tensor before it ends"
                .formatted(info.name(), end),
            Long.toString(info.offset()));
      }
      if (info.bytes() > most || info.offset() > most - info.bytes()) {
        throw cursor.broken(
            "%d bytes of %s from %d of the data on"
                .formatted(info.bytes(), info.name(), info.offset()),
            "%d bytes of data".formatted(Math.max(0, most)));
      }
      end = info.offset() + info.bytes();
      var place =
          new WeightFile.Place(info.type(), info.shape(), begin + info.offset(), info.bytes());
      if (places.put(info.name(), place) != null) {
        throw Cursor.broken("every tensor once", info.name() + " again", file);
      }
    }
    return places;
  }
}
