package io.lexiscope.model.source;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.Digest;
import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.weights.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A folder in Hugging Face layout: `config.json`, `*.safetensors`, and a tokenizer in one of the
/// forms that [Tokenizer#open] knows.
///
/// @param folder the folder
public record FolderSource(Path folder) implements ModelSource {
  private static final String CONFIG = "config.json";
  private static final List<String> TOKENIZER_FILES =
      List.of(
          "tokenizer.json",
          "vocab.json",
          "merges.txt",
          "encoder.json",
          "vocab.bpe",
          "tokenizer.model",
          "vocab.txt");

  @Override
  public Path place() {
    return folder;
  }

  @Override
  public ConfigJson config() {
    return ConfigJson.read(folder.resolve(CONFIG));
  }

  @Override
  @MustBeClosed
  public Checkpoint tensors() {
    return Checkpoint.open(folder);
  }

  @Override
  public Tokenizer tokenizer() {
    return Tokenizer.open(folder);
  }

  @Override
  public Set<Integer> endTokens() {
    Path generation = folder.resolve("generation_config.json");
    Set<Integer> listed =
        Files.isRegularFile(generation)
            ? ConfigJson.read(generation).integers("eos_token_id")
            : Set.of();
    return listed.isEmpty() ? config().integers("eos_token_id") : listed;
  }

  @Override
  public Optional<String> chatTemplate() {
    return ChatTemplateFile.find(folder);
  }

  @Override
  public DocumentHashes hashes() {
    List<Path> tokenizer =
        TOKENIZER_FILES.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
    return new DocumentHashes(
        hash(List.of(folder.resolve(CONFIG))), tokenizer.isEmpty() ? null : hash(tokenizer));
  }

  private static String hash(List<Path> files) {
    try {
      var digest = Digest.sha256();
      for (Path file : files) {
        digest.add(Files.readAllBytes(RegularFile.check(file)));
      }
      return digest.hex();
    } catch (IOException e) {
      throw new ConfigException(
          "config: expected readable files, got %s".formatted(OneLine.of(e)), e);
    }
  }

  @Override
  public OptionalLong weightBytes() {
    try (var files = Files.list(folder)) {
      List<Long> sizes =
          files
              .filter(file -> isWeights(String.valueOf(file.getFileName())))
              .map(file -> file.toFile().length())
              .toList();
      return sizes.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(sizes.stream().mapToLong(Long::longValue).sum());
    } catch (IOException absent) {
      return OptionalLong.empty();
    }
  }

  /// Recorded activations lie beside the weights in the same format.
  private static boolean isWeights(String name) {
    return name.endsWith(".safetensors") && !name.startsWith("golden");
  }
}
