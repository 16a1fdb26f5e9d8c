package io.lexiscope.workbench.corpus;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.PlainText;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads text and prompts from files that a request names.
public final class TextFiles {
  /// Largest file that is read at once.
  private static final long MOST_BYTES = 256L << 20;

  private TextFiles() {}

  /// What a file holds.
  public sealed interface Content {
    /// Running text.
    record Running(String text) implements Content {}

    /// Prompts, each whole.
    record Prompts(List<String> prompts) implements Content {
      public Prompts {
        prompts = List.copyOf(prompts);
      }
    }
  }

  /// The content of a file: prompts if its name ends in `.jsonl`, running text otherwise.
  ///
  /// @param verb what is asked, for messages
  /// @param field the request field that names the file
  /// @throws WorkbenchException of kind `invalid` when it cannot be read
  public static Content content(String verb, String field, String name) {
    String text = text(verb, field, name);
    return name.endsWith(".jsonl")
        ? new Content.Prompts(prompts(verb, field, name, text))
        : new Content.Running(text);
  }

  /// The text of a file.
  ///
  /// @throws WorkbenchException of kind `invalid` when it cannot be read
  public static String text(String verb, String field, String name) {
    try {
      Path file = Path.of(name);
      if (Files.size(file) > MOST_BYTES) {
        throw WorkbenchException.invalid(
            field,
            "%s: expected a file of at most %d MiB, got %d MiB in %s; give a part of it"
                .formatted(verb, MOST_BYTES >> 20, Files.size(file) >> 20, name));
      }
      return PlainText.read(file);
    } catch (CharacterCodingException notText) {
      throw refused(verb + ": expected text in UTF-8, got other bytes in " + name, field, notText);
    } catch (IOException | InvalidPathException unreadable) {
      throw refused(
          "%s: expected a readable file, got %s at %s"
              .formatted(
                  verb,
                  unreadable instanceof IOException failed ? OneLine.of(failed) : "no path",
                  name),
          field,
          unreadable);
    }
  }

  private static WorkbenchException refused(String message, String field, Throwable cause) {
    return new WorkbenchException(ProblemKind.INVALID, message, field, cause);
  }

  private static List<String> prompts(String verb, String field, String name, String text) {
    List<String> prompts = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      if (!line.isBlank()) {
        prompts.add(prompt(verb, field, name + " line " + number, line));
      }
    }
    return prompts;
  }

  private static String prompt(String verb, String field, String place, String line) {
    Object value;
    try {
      value = ViewJson.read(line, Object.class);
    } catch (WorkbenchException notJson) {
      throw refused(verb + ": expected JSON lines, got others at " + place, field, notJson);
    }
    // RealToxicityPrompts has its text one level down.
    for (String key : List.of("prompt", "text")) {
      if (value instanceof Map<?, ?> object && object.get(key) != null) {
        value = object.get(key);
      }
    }
    if (value instanceof String found && !found.isEmpty()) {
      return found;
    }
    throw WorkbenchException.invalid(
        field,
        "%s: expected an object with a prompt or a text, got none at %s".formatted(verb, place));
  }
}
