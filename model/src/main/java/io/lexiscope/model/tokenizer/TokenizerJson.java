package io.lexiscope.model.tokenizer;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import io.lexiscope.base.WholeFile;
import io.lexiscope.model.config.JsonSlip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A Hugging Face `tokenizer.json`: the one format that every other one is turned into.
public final class TokenizerJson {
  /// Reads and writes; vocabularies are large objects, whose names are not worth remembering
  /// between documents.
  static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
              .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
              .build());

  private final ObjectNode root;
  private final String source;
  private final Map<String, String> roles;

  private TokenizerJson(ObjectNode root, String source, Map<String, String> roles) {
    this.root = root;
    this.source = source;
    this.roles = Map.copyOf(roles);
  }

  /// A document built in memory.
  ///
  /// @param root the document; copied
  /// @param source what it was built from, for messages
  public static TokenizerJson of(ObjectNode root, String source) {
    return new TokenizerJson(root.deepCopy(), source, Map.of());
  }

  /// A document built here, which nobody else changes.
  static TokenizerJson owning(ObjectNode root, String source) {
    return new TokenizerJson(root, source, Map.of());
  }

  /// The same document with the roles of its special tokens (`bos`, `eos`, `pad`, …), which a
  /// `tokenizer.json` itself does not hold.
  ///
  /// @param tokens token texts by role
  public TokenizerJson withRoles(Map<String, String> tokens) {
    return new TokenizerJson(root, source, tokens);
  }

  /// Reads a file.
  ///
  /// @throws TokenizerException if it cannot be read or is no JSON object
  public static TokenizerJson read(Path file) {
    return owning(readObject(file), file.toString());
  }

  static String readText(Path file) {
    try {
      return Files.readString(RegularFile.check(file));
    } catch (IOException e) {
      throw new TokenizerException(
          "tokenizer: expected a readable file in UTF-8, got %s at %s"
              .formatted(OneLine.of(e), file),
          e);
    }
  }

  static ObjectNode readObject(Path file) {
    JsonNode node;
    try {
      node = JSON.readTree(readText(file));
    } catch (JacksonException e) {
      throw malformed(e, file.toString());
    }
    if (!(node instanceof ObjectNode object)) {
      throw new TokenizerException(
          "tokenizer: expected a JSON object, got something else in " + file);
    }
    return object;
  }

  static TokenizerException malformed(JacksonException e, String source) {
    return new TokenizerException(
        "tokenizer: expected JSON, got %s in %s".formatted(JsonSlip.of(e), source), e);
  }

  /// Loads it; where no roles were given, special tokens have those of their usual names.
  ///
  /// @throws TokenizerException if the document describes no tokenizer
  public Tokenizer load() {
    return load(TokenizerSettings.of(roles));
  }

  Tokenizer load(TokenizerSettings settings) {
    return LoadedTokenizer.of(
        TokenizerDocument.read(JSON.writeValueAsString(root), source), settings);
  }

  /// The document; a copy.
  public ObjectNode document() {
    return root.deepCopy();
  }

  /// Writes the document; the file is complete or not there.
  ///
  /// @throws TokenizerException if it cannot be written
  public void write(Path file) {
    write(file, root);
  }

  /// Writes `tokenizer.json`, and `tokenizer_config.json` with the roles, into a folder, as Hugging
  /// Face tools read them.
  ///
  /// @throws TokenizerException if they cannot be written
  public void writeTo(Path folder) {
    ObjectNode config = JSON.createObjectNode().put("tokenizer_class", "PreTrainedTokenizerFast");
    for (String role : TokenizerSettings.ROLES) {
      if (roles.containsKey(role)) {
        config.put(role + "_token", roles.get(role));
      }
    }
    config.put("clean_up_tokenization_spaces", false);
    write(folder.resolve("tokenizer.json"), root);
    write(folder.resolve("tokenizer_config.json"), config);
  }

  private static void write(Path file, ObjectNode document) {
    try {
      WholeFile.write(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    } catch (IOException e) {
      throw new TokenizerException(
          "writeTokenizer: expected to write %s, got %s".formatted(file, OneLine.of(e)), e);
    }
  }
}
