package io.lexiscope.model.source;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.gguf.GgufFile;
import io.lexiscope.model.gguf.GgufParts;
import io.lexiscope.model.gguf.Metadata;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.weights.Checkpoint;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A GGUF file, or the first of the files of a split one: configuration, weights and tokenizer in
/// one. Its header is read when it is first asked for something.
public final class GgufSource implements ModelSource {
  /// Files that belong to a model and are none, by what they call themselves.
  private static final Map<String, String> SIDECARS =
      Map.of(
          "adapter", "a LoRA adapter",
          "mmproj", "a projector of images or sounds (mmproj)",
          "imatrix", "an importance matrix of a quantisation",
          "vocab", "a vocabulary without weights");

  private static final String TOKENIZER = "tokenizer.";

  private final Path file;
  private @Nullable List<GgufFile> parts;

  GgufSource(Path file) {
    this.file = GgufParts.first(file);
  }

  @Override
  public Path place() {
    return file;
  }

  @Override
  public Path folder() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /// What the file says of itself.
  ///
  /// @throws io.lexiscope.model.weights.WeightsException if it is damaged
  /// @throws ConfigException if it is no language model
  public Metadata metadata() {
    return parts().getFirst().metadata();
  }

  /// Whether there is a tensor of a name.
  public boolean has(String tensor) {
    return parts().stream().anyMatch(part -> part.names().contains(tensor));
  }

  /// The parts, mapped for as long as something of them is used; only their headers are read.
  private synchronized List<GgufFile> parts() {
    List<GgufFile> known = parts;
    if (known == null) {
      known = GgufParts.open(file, Arena.ofAuto());
      requireModel(known.getFirst().metadata());
      parts = known;
    }
    return known;
  }

  private void requireModel(Metadata metadata) {
    String type = metadata.text("general.type").orElse("model");
    String architecture = metadata.text("general.architecture").orElse("");
    @Nullable String sidecar = SIDECARS.get(architecture.equals("clip") ? "mmproj" : type);
    if (sidecar != null) {
      throw new ConfigException(
          "model: expected a language model, got %s in %s; give the file of the model that it belongs to"
              .formatted(sidecar, file));
    }
  }

  @Override
  public ConfigJson config() {
    return GgufConfig.of(metadata(), parts());
  }

  @Override
  @MustBeClosed
  public Checkpoint tensors() {
    Metadata _ = metadata();
    Arena arena = Arena.ofShared();
    try {
      return Checkpoint.of(file, arena, GgufParts.open(file, arena));
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public Tokenizer tokenizer() {
    return Tokenizer.of(metadata());
  }

  @Override
  public Set<Integer> endTokens() {
    Set<Integer> ends = new TreeSet<>();
    for (String role : List.of("eos", "eot", "eom")) {
      metadata().integer("tokenizer.ggml." + role + "_token_id").ifPresent(ends::add);
    }
    return ends;
  }

  @Override
  public Optional<String> chatTemplate() {
    return metadata().text("tokenizer.chat_template");
  }

  @Override
  public DocumentHashes hashes() {
    Metadata metadata = metadata();
    boolean tokenizer = metadata.keys().stream().anyMatch(key -> key.startsWith(TOKENIZER));
    return new DocumentHashes(
        metadata.hash(key -> !key.startsWith(TOKENIZER)),
        tokenizer ? metadata.hash(key -> key.startsWith(TOKENIZER)) : null);
  }

  @Override
  public OptionalLong weightBytes() {
    try {
      long bytes = 0;
      for (Path path : GgufParts.paths(file, metadata())) {
        bytes += Files.size(path);
      }
      return OptionalLong.of(bytes);
    } catch (IOException absent) {
      return OptionalLong.empty();
    }
  }
}
