package io.lexiscope.model.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All the weights of a model folder, whether in one file or in shards.
///
/// Closing it ends the mapping; whoever still reads a tensor then gets an exception or, in native
/// code, a crash. Close it last.
public final class Checkpoint implements AutoCloseable {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private final Path place;
  private final Arena arena;
  private final Map<String, WeightFile> holders;
  private final long bytes;
  private @Nullable String contentHash;

  private Checkpoint(Path place, Arena arena, Map<String, WeightFile> holders) {
    this.place = place;
    this.arena = arena;
    this.holders = Collections.unmodifiableMap(holders);
    this.bytes =
        holders.entrySet().stream().mapToLong(e -> e.getValue().place(e.getKey()).bytes()).sum();
  }

  /// Opens the weights of a folder: `model.safetensors`, or the shards that
  /// `model.safetensors.index.json` lists.
  ///
  /// @param folder a model folder
  /// @throws WeightsException if there are no weights, a shard or a listed tensor is missing, or a
  ///   file is damaged
  public static Checkpoint open(Path folder) {
    var arena = Arena.ofShared();
    try {
      var single = folder.resolve(SINGLE);
      var index = folder.resolve(INDEX);
      if (Files.exists(single)) {
        return new Checkpoint(folder, arena, whole(Safetensors.open(single, arena)));
      }
      if (Files.exists(index)) {
        return new Checkpoint(folder, arena, sharded(folder, index, arena));
      }
      throw new WeightsException(
          "open weights: expected %s or %s, got %s in %s%s"
              .formatted(SINGLE, INDEX, listing(folder), folder, advice(folder)));
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /// Opens a single file, whatever its name.
  ///
  /// @param file a safetensors file
  /// @throws WeightsException if the file cannot be read or breaks the format
  public static Checkpoint openFile(Path file) {
    var arena = Arena.ofShared();
    try {
      var parent = file.toAbsolutePath().getParent();
      return new Checkpoint(
          parent == null ? file : parent, arena, whole(Safetensors.open(file, arena)));
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /// Puts files together that were mapped before.
  ///
  /// @param place where the weights are, for messages
  /// @param arena owner of the mappings, closed with the checkpoint
  /// @param files with names of their own
  public static Checkpoint of(Path place, Arena arena, List<? extends WeightFile> files) {
    var holders = new TreeMap<String, WeightFile>();
    files.forEach(file -> file.names().forEach(name -> holders.put(name, file)));
    return new Checkpoint(place, arena, holders);
  }

  private static Map<String, WeightFile> whole(WeightFile file) {
    var holders = new TreeMap<String, WeightFile>();
    file.names().forEach(name -> holders.put(name, file));
    return holders;
  }

  private static Map<String, WeightFile> sharded(Path folder, Path index, Arena arena) {
    var map = ShardIndex.read(index);
    var shards = new LinkedHashMap<String, WeightFile>();
    for (var name : new TreeSet<>(map.values())) {
      var shard = folder.resolve(name);
      if (!Files.exists(shard)) {
        throw new WeightsException(
            "open weights: expected %d shards, as %s lists, got no %s in %s; fetch the missing file"
                .formatted(new TreeSet<>(map.values()).size(), INDEX, name, folder));
      }
      shards.put(name, Safetensors.open(shard, arena));
    }
    var holders = new TreeMap<String, WeightFile>();
    shards.values().forEach(shard -> shard.names().forEach(name -> holders.put(name, shard)));
    map.forEach(
        (name, file) -> {
          var shard = shards.get(file);
          if (shard == null || !shard.names().contains(name)) {
            throw new WeightsException(
                "open weights: expected %s in %s, as %s says, got a file without it in %s; fetch the folder again"
                    .formatted(name, file, INDEX, folder));
          }
          holders.put(name, shard);
        });
    return holders;
  }

  private static String listing(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "no such folder";
    }
    try (var files = Files.list(folder)) {
      var names = files.map(file -> String.valueOf(file.getFileName())).sorted().limit(8).toList();
      return names.isEmpty() ? "an empty folder" : String.join(", ", names);
    } catch (IOException e) {
      return "an unreadable folder";
    }
  }

  private static String advice(Path folder) {
    return Files.exists(folder.resolve("pytorch_model.bin"))
            || Files.exists(folder.resolve("pytorch_model.bin.index.json"))
        ? "; pickled weights are not opened, fetch or convert to safetensors"
        : "";
  }

  /// Where the weights are: their folder, or the one file that holds a whole model.
  public Path place() {
    return place;
  }

  /// Names of all tensors, sorted.
  public Set<String> names() {
    return holders.keySet();
  }

  /// A tensor, if there is one of that name.
  ///
  /// @param name name in the file
  public Optional<StoredTensor> get(String name) {
    var holder = holders.get(name);
    return holder == null ? Optional.empty() : holder.get(name);
  }

  /// Size of all tensors, in bytes.
  public long bytes() {
    return bytes;
  }

  /// SHA-256 over names, types, shapes and data of all tensors in the order of their names, in
  /// hexadecimal digits.
  ///
  /// How the tensors are spread over files makes no difference. Reads the files through once,
  /// without mapping pages; later calls answer at once.
  ///
  /// @throws WeightsException if a file can no longer be read
  public synchronized String contentHash() {
    if (contentHash == null) {
      contentHash = ContentHash.of(holders);
    }
    return contentHash;
  }

  /// Takes the hash from whoever remembers it for these very files, so that [#contentHash] need not
  /// read them.
  public synchronized void rememberContentHash(String hash) {
    contentHash = hash;
  }

  /// The files that hold the tensors, in a fixed order.
  public List<Path> files() {
    return holders.values().stream().map(WeightFile::file).distinct().sorted().toList();
  }

  /// Ends the mapping.
  @Override
  public void close() {
    arena.close();
  }
}
