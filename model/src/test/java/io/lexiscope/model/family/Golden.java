package io.lexiscope.model.family;

import io.lexiscope.model.config.ConfigJson;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The golden folders among the test resources.
final class Golden {
  static final List<String> FOLDERS =
      List.of(
          "bert-a",
          "gemma2-a",
          "gemma3-text-a",
          "gpt-neo-a",
          "gpt-neox-a",
          "gpt2-a",
          "gptj-a",
          "llama-a",
          "mistral-a",
          "olmo2-a",
          "opt-a",
          "phi-a",
          "qwen2-a",
          "qwen3-a");

  private Golden() {}

  static Path folder(String name) {
    URL config = Golden.class.getResource("/golden/" + name + "/config.json");
    try {
      return Objects.requireNonNull(
          Path.of(Objects.requireNonNull(config, name).toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a resource has an address", e);
    }
  }

  static ConfigJson config(String name) {
    return ConfigJson.read(folder(name).resolve("config.json"));
  }

  static List<Path> all() {
    return FOLDERS.stream().map(Golden::folder).filter(Files::isDirectory).toList();
  }
}
