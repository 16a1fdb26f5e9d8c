package io.lexiscope.model.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A Hugging Face `tokenizer.json`: the one format that every other one is turned into.
public final class TokenizerJson {
  static final JsonMapper JSON = new JsonMapper();

  private final ObjectNode root;
  private final String source;

  private TokenizerJson(ObjectNode root, String source) {
    this.root = root;
    this.source = source;
  }

  /// A document built in memory.
  ///
  /// @param root the document; copied
  /// @param source what it was built from, for messages
  public static TokenizerJson of(ObjectNode root, String source) {
    return new TokenizerJson(root.deepCopy(), source);
  }

  /// Reads a file.
  ///
  /// @throws TokenizerException if it cannot be read or is no JSON object with a `model`
  public static TokenizerJson read(Path file) {
    ObjectNode root = readObject(file);
    if (!(root.get("model") instanceof ObjectNode)) {
      throw new TokenizerException(
          "tokenizer: expected an object \"model\" in a tokenizer.json, got none in " + file);
    }
    return new TokenizerJson(root, file.toString());
  }

  static ObjectNode readObject(Path file) {
    JsonNode node;
    try (var in = Files.newInputStream(file)) {
      node = JSON.readTree(in);
    } catch (IOException e) {
      throw new TokenizerException(
          "tokenizer: expected a readable file, got %s at %s"
              .formatted(e.getClass().getSimpleName(), file),
          e);
    } catch (JacksonException e) {
      throw new TokenizerException(
          "tokenizer: expected JSON, got an error at line %d, column %d of %s: %s"
              .formatted(
                  line(e), column(e), file, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
    if (!(node instanceof ObjectNode object)) {
      throw new TokenizerException(
          "tokenizer: expected a JSON object, got %s in %s".formatted(node.getNodeType(), file));
    }
    return object;
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static int column(JacksonException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
  }

  /// Loads it, with the roles of special tokens taken from their usual names.
  ///
  /// @throws TokenizerException if the document describes no tokenizer
  public Tokenizer load() {
    return load(TokenizerSettings.NONE);
  }

  Tokenizer load(TokenizerSettings settings) {
    return LoadedTokenizer.of(root, settings, source);
  }

  /// The document; a copy.
  public ObjectNode document() {
    return root.deepCopy();
  }

  /// Writes the document; the file is complete or not there.
  ///
  /// @throws TokenizerException if it cannot be written
  public void write(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Path part = Files.createTempFile(folder, "tokenizer", ".part");
      try {
        Files.writeString(
            part, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new TokenizerException(
          "writeTokenizer: expected to write %s, got %s".formatted(file, e), e);
    }
  }
}
