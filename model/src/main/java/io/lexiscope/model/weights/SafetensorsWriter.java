package io.lexiscope.model.weights;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes safetensors files that appear whole or not at all.
public final class SafetensorsWriter {
  private static final long CHUNK = 1L << 24;
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private SafetensorsWriter() {}

  /// A tensor to write.
  ///
  /// @param name name in the file
  /// @param type type of the elements
  /// @param shape sizes of the axes, outermost first
  /// @param data the elements, little-endian and row-major; read while writing, not modified
  public record Item(String name, StoredType type, List<Long> shape, MemorySegment data) {

    /// Checks that the data has the size that type and shape demand.
    ///
    /// @throws WeightsException if it has not
    public Item {
      shape = List.copyOf(shape);
      long bytes = type.bytes();
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
      if (bytes != data.byteSize()) {
        throw new WeightsException(
            "write weights: expected %d bytes for %s of type %s and shape %s, got %d"
                .formatted(bytes, name, type, shape, data.byteSize()));
      }
    }
  }

  /// Writes a file: under a temporary name in the same folder first, then moved over the target in
  /// one step.
  ///
  /// @param target where the file shall be; replaced if it exists
  /// @param items the tensors; stored with the widest types first so that all are aligned
  /// @param metadata free texts, such as `format` → `pt`
  /// @throws WeightsException if two tensors have one name, or the file cannot be written; the
  ///   target is then as before and nothing is left behind
  public static void write(Path target, List<Item> items, Map<String, String> metadata) {
    var ordered = new ArrayList<>(items);
    ordered.sort(
        Comparator.comparingInt((Item item) -> -item.type().bytes()).thenComparing(Item::name));
    var header = header(ordered, metadata);
    var folder = target.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new WeightsException(
          "write weights: expected the name of a file, got the folder %s".formatted(target));
    }
    try {
      WholeFile.write(target, part -> write(part, header, ordered));
    } catch (IOException | UncheckedIOException e) {
      throw new WeightsException(
          "write weights: expected to write %s, got %s; check the folder and the space left on the disk"
              .formatted(target, OneLine.of(e)),
          e);
    }
  }

  private static void write(Path part, ByteBuffer header, List<Item> items) throws IOException {
    try (var channel =
        FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      writeFully(channel, header);
      for (var item : items) {
        for (long done = 0; done < item.data().byteSize(); done += CHUNK) {
          long count = Math.min(CHUNK, item.data().byteSize() - done);
          writeFully(channel, item.data().asSlice(done, count).asByteBuffer());
        }
      }
      channel.force(true);
    }
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer header(List<Item> items, Map<String, String> metadata) {
    var names = new HashSet<String>();
    var root = MAPPER.createObjectNode();
    if (!metadata.isEmpty()) {
      var texts = root.putObject("__metadata__");
      metadata.forEach(texts::put);
    }
    long offset = 0;
    for (var item : items) {
      if (!names.add(item.name()) || item.name().equals("__metadata__")) {
        throw new WeightsException(
            "write weights: expected every name once, got %s again".formatted(item.name()));
      }
      var entry = root.putObject(item.name());
      entry.put("dtype", item.type().name());
      var shape = entry.putArray("shape");
      item.shape().forEach(shape::add);
      entry.putArray("data_offsets").add(offset).add(offset + item.data().byteSize());
      offset += item.data().byteSize();
    }
    var json = MAPPER.writeValueAsBytes(root);
    int padded = (json.length + 7) / 8 * 8;
    var buffer = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded).put(json);
    buffer.put(" ".repeat(padded - json.length).getBytes(StandardCharsets.UTF_8));
    return buffer.flip();
  }
}
