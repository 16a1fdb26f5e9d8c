package io.lexiscope.model.source;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import io.lexiscope.model.chat.ChatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds the chat template of a model folder.
final class ChatTemplateFile {
  private static final JsonMapper JSON = new JsonMapper();

  private ChatTemplateFile() {}

  static Optional<String> find(Path folder) {
    Path plain = folder.resolve("chat_template.jinja");
    if (Files.exists(plain)) {
      return Optional.of(read(plain));
    }
    for (String name : List.of("chat_template.json", "tokenizer_config.json")) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        Optional<String> template = template(parsed(file).path("chat_template"));
        if (template.isPresent()) {
          return template;
        }
      }
    }
    return Optional.empty();
  }

  /// A template, or several of which each has a name.
  private static Optional<String> template(JsonNode node) {
    if (node.isString()) {
      return Optional.of(node.stringValue());
    }
    for (JsonNode named : node) {
      if (named.path("name").asString("").equals("default") && named.path("template").isString()) {
        return Optional.of(named.path("template").stringValue());
      }
    }
    return Optional.empty();
  }

  private static JsonNode parsed(Path file) {
    try {
      return JSON.readTree(read(file));
    } catch (JacksonException e) {
      throw new ChatException(
          "chat: expected JSON with a chat template, got \"%s\" in %s; mend the file, or leave --chat out"
              .formatted(OneLine.of(e), file));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(RegularFile.check(file));
    } catch (IOException e) {
      throw new ChatException(
          "chat: expected a readable file in UTF-8, got %s at %s; mend the file, or leave --chat out"
              .formatted(OneLine.of(e), file));
    }
  }
}
