package io.lexiscope.model.family;

import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.source.FolderSource;
import io.lexiscope.model.source.GgufSource;
import io.lexiscope.model.source.ModelSource;
import java.util.List;
import java.util.stream.Collectors;

/// The families that can be opened.
public final class Families {
  private static final List<Family> ALL =
      List.of(
          new Gpt2(),
          new GptNeo(),
          new GptJ(),
          new GptNeoX(),
          new Llama(),
          new Mistral(),
          new Qwen2(),
          new Qwen3(),
          new Gemma2(),
          new Gemma3(),
          new Opt(),
          new Phi(),
          new Phi3(),
          new Olmo2(),
          new Bert());

  private Families() {}

  /// Every family, in the order people meet them.
  public static List<Family> all() {
    return ALL;
  }

  /// Reads the configuration of a source.
  ///
  /// @throws ConfigException if it cannot be read, is of no known family, or asks for something not
  ///   computed here
  public static ModelConfig read(ModelSource source) {
    ModelConfig config = read(source.config());
    return switch (source) {
      case FolderSource _ -> config;
      case GgufSource gguf -> GgufForm.of(config, gguf);
    };
  }

  /// Reads a configuration.
  ///
  /// @param json the whole of a `config.json`
  /// @throws ConfigException if it is of no known family, or asks for something not computed here
  public static ModelConfig read(ConfigJson json) {
    String type = json.textOr("", "model_type");
    var family =
        ALL.stream()
            .filter(candidate -> candidate.modelTypes().contains(type))
            .findFirst()
            .orElseThrow(() -> unknown(type, json));
    if (json.has("quantization_config")) {
      throw new ConfigException(
          "config: expected plain weights, got quantization_config in %s; fetch the unquantised model"
              .formatted(json.place()));
    }
    return new ModelConfig(family, family.read(json), json, family.names());
  }

  private static ConfigException unknown(String type, ConfigJson json) {
    String known =
        ALL.stream()
            .flatMap(family -> family.modelTypes().stream())
            .collect(Collectors.joining(", "));
    if (type.isEmpty()) {
      return new ConfigException(
          "config: expected a model_type, one of %s, got none in %s; add the key"
              .formatted(known, json.place()));
    }
    return new ConfigException(
        "config: expected a model_type of %s, got %s in %s; what is missing is a Family that maps its configuration and weight names, see CONTRIBUTING.md"
            .formatted(known, type, json.place()));
  }
}
