package io.lexiscope.cli.detox;

import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Reads the files of a detoxification experiment.
final class DetoxFiles {
  private DetoxFiles() {}

  /// A prompt a line; a line that begins with a brace is an object with `prompt.text`, as in
  /// RealToxicityPrompts, or `text`.
  static List<String> prompts(Path file) {
    List<String> prompts = new ArrayList<>();
    List<String> lines = PromptOptions.read(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("{")) {
        prompts.add(text(line, file + ", line " + (i + 1)));
      } else if (!line.isEmpty()) {
        prompts.add(line);
      }
    }
    return prompts;
  }

  private static String text(String json, String place) {
    try {
      Map<?, ?> object = ViewJson.read(json, Map.class);
      Object holder = object.get("prompt") instanceof Map<?, ?> prompt ? prompt.get("text") : null;
      Object text = holder == null ? object.get("text") : holder;
      if (text instanceof String found && !found.isEmpty()) {
        return found;
      }
      throw new UsageException(
          "--prompts: expected an object with prompt.text, got another at " + place);
    } catch (WorkbenchException notJson) {
      throw new UsageException("--prompts: " + notJson.getMessage() + " at " + place);
    }
  }

  static List<String> lines(Path file) {
    return PromptOptions.read(file).lines().toList();
  }

  /// Texts with blank lines between.
  static List<String> texts(Path file) {
    return Arrays.stream(PromptOptions.read(file).split("\\R\\s*\\R"))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
