package io.lexiscope.model.weights;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One mapped safetensors file.
///
/// Opening reads the header and maps the rest; no page of a weight is touched until somebody reads
/// it.
public final class Safetensors implements WeightFile {
  private final Path file;
  private final Arena arena;
  private final MemorySegment data;
  private final long dataOffset;
  private final SafetensorsHeader header;
  private final Map<String, StoredTensor> aligned = new ConcurrentHashMap<>();

  private Safetensors(
      Path file, Arena arena, MemorySegment data, long dataOffset, SafetensorsHeader header) {
    this.file = file;
    this.arena = arena;
    this.data = data;
    this.dataOffset = dataOffset;
    this.header = header;
  }

  /// Opens a file.
  ///
  /// @param file a safetensors file
  /// @param arena owner of the mapping
  /// @throws WeightsException if the file cannot be read or breaks the format
  public static Safetensors open(Path file, Arena arena) {
    try (var channel = FileChannel.open(RegularFile.check(file), StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < SafetensorsHeader.LENGTH_BYTES) {
        throw SafetensorsHeader.broken(
            "at least %d bytes".formatted(SafetensorsHeader.LENGTH_BYTES), size + " bytes", file);
      }
      long length = read(channel, 0, SafetensorsHeader.LENGTH_BYTES, file).getLong();
      long dataOffset = SafetensorsHeader.LENGTH_BYTES + length;
      if (length < 0 || length > SafetensorsHeader.LARGEST || dataOffset > size) {
        throw SafetensorsHeader.broken(
            "a header of at most %d bytes"
                .formatted(
                    Math.min(SafetensorsHeader.LARGEST, size - SafetensorsHeader.LENGTH_BYTES)),
            "another length announced",
            file);
      }
      var text = read(channel, SafetensorsHeader.LENGTH_BYTES, (int) length, file).array();
      var header = SafetensorsHeader.parse(text, size - dataOffset, file);
      var data = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena).asSlice(dataOffset);
      return new Safetensors(file, arena, data, dataOffset, header);
    } catch (NoSuchFileException e) {
      throw new WeightsException(
          "open weights: expected a file, got nothing at %s".formatted(file), e);
    } catch (IOException e) {
      throw new WeightsException(
          "open weights: expected a readable file, got %s at %s".formatted(OneLine.of(e), file), e);
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int bytes, Path file)
      throws IOException {
    var buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw SafetensorsHeader.broken(bytes + " bytes", "the end of the file", file);
      }
    }
    return buffer.flip();
  }

  @Override
  public Path file() {
    return file;
  }

  /// Free texts of the writer.
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public Set<String> names() {
    return header.entries().keySet();
  }

  /// Size of all tensors, in bytes.
  public long bytes() {
    return data.byteSize();
  }

  /// A tensor, if there is one of that name.
  ///
  /// The memory is a slice of the mapping. Only where a careless writer put it at an address that
  /// is no multiple of the element size is it copied once, into memory of the same arena.
  ///
  /// @param name name in the file
  @Override
  public Optional<StoredTensor> get(String name) {
    var entry = header.entries().get(name);
    if (entry == null) {
      return Optional.empty();
    }
    if ((dataOffset + entry.begin()) % entry.type().bytes() == 0) {
      return Optional.of(stored(name, entry, slice(entry)));
    }
    return Optional.of(
        aligned.computeIfAbsent(
            name,
            _ -> {
              long bytes = entry.end() - entry.begin();
              var copy = arena.allocate(bytes, entry.type().bytes());
              MemorySegment.copy(slice(entry), 0, copy, 0, bytes);
              return stored(name, entry, copy.asReadOnly());
            }));
  }

  @Override
  public Place place(String name) {
    var entry = Objects.requireNonNull(header.entries().get(name), name);
    return new Place(
        entry.type(), entry.shape(), dataOffset + entry.begin(), entry.end() - entry.begin());
  }

  private MemorySegment slice(SafetensorsHeader.Entry entry) {
    return data.asSlice(entry.begin(), entry.end() - entry.begin());
  }

  private StoredTensor stored(String name, SafetensorsHeader.Entry entry, MemorySegment memory) {
    return new StoredTensor(name, entry.type(), entry.shape(), memory, file);
  }
}
