package io.lexiscope.model.gguf;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.WeightFile;
import io.lexiscope.model.weights.WeightsException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One mapped GGUF file.
///
/// Opening reads the header; no page of a weight is touched until somebody reads it.
public final class GgufFile implements WeightFile {
  private final Path file;
  private final Arena arena;
  private final MemorySegment data;
  private final Header header;

  private GgufFile(Path file, Arena arena, MemorySegment data, Header header) {
    this.file = file;
    this.arena = arena;
    this.data = data;
    this.header = header;
  }

  /// Opens a file.
  ///
  /// @param arena owner of the mapping, which metadata and tensors are read from
  /// @throws WeightsException if the file cannot be read, is of another version, holds a tensor of
  ///   an unknown type, or breaks the format
  public static GgufFile open(Path file, Arena arena) {
    try (var channel = FileChannel.open(RegularFile.check(file), StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < Header.LEAST_BYTES) {
        throw Cursor.broken(
            "at least %d bytes".formatted(Header.LEAST_BYTES), size + " bytes", file);
      }
      var data = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      return new GgufFile(file, arena, data, Header.parse(data, file));
    } catch (NoSuchFileException e) {
      throw new WeightsException(
          "open GGUF: expected a file, got nothing at %s".formatted(file), e);
    } catch (IOException e) {
      throw new WeightsException(
          "open GGUF: expected a readable file, got %s at %s".formatted(OneLine.of(e), file), e);
    }
  }

  /// What the file says of itself.
  public Metadata metadata() {
    return header.metadata();
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(header.places().keySet());
  }

  /// A tensor, if there is one of that name: a slice of the mapping, copied only where the file is
  /// aligned to less than the size of an element.
  @Override
  public Optional<StoredTensor> get(String name) {
    var place = header.places().get(name);
    if (place == null) {
      return Optional.empty();
    }
    MemorySegment bytes = data.asSlice(place.position(), place.bytes());
    if (place.type().elements() == 1 && bytes.address() % place.type().bytes() != 0) {
      MemorySegment copy = arena.allocate(place.bytes(), place.type().bytes());
      MemorySegment.copy(bytes, 0, copy, 0, place.bytes());
      bytes = copy.asReadOnly();
    }
    return Optional.of(new StoredTensor(name, place.type(), place.shape(), bytes, file));
  }

  @Override
  public Place place(String name) {
    return Objects.requireNonNull(header.places().get(name), name);
  }
}
