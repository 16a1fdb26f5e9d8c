package io.lexiscope.train;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.family.Families;
import io.lexiscope.model.family.ModelConfig;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.weights.SafetensorsWriter;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.train.recipe.Recipe;
import io.lexiscope.train.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A model folder in Hugging Face layout, under construction.
///
/// @param folder where it is
record ModelFolder(Path folder) {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  /// Makes the folder.
  static ModelFolder create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new TrainingException(
          "train: expected a folder to write to, got %s for %s".formatted(OneLine.of(e), folder),
          e);
    }
    return new ModelFolder(folder);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /// The configuration of a recipe's network for a tokenizer.
  static ModelConfig config(Recipe recipe, Tokenizer tokenizer) {
    ObjectNode config = recipe.model();
    config.put("vocab_size", tokenizer.vocabularySize());
    config.put("torch_dtype", torchName(recipe.about().weights()));
    tokenizer.specials().bos().ifPresent(id -> config.put("bos_token_id", id));
    tokenizer.specials().eos().ifPresent(id -> config.put("eos_token_id", id));
    tokenizer.specials().pad().ifPresent(id -> config.put("pad_token_id", id));
    return Families.read(
        ConfigJson.parse(MAPPER.writeValueAsString(config), "the recipe " + recipe.about().name()));
  }

  private static String torchName(StoredType type) {
    return switch (type) {
      case F16 -> "float16";
      case BF16 -> "bfloat16";
      default -> "float32";
    };
  }

  /// Writes what is known before the training: configuration and recipe.
  void describe(Recipe recipe, ModelConfig config) {
    write("config.json", config.json().json() + "\n");
    write("recipe.json", Recipes.write(recipe));
  }

  /// Writes the weights.
  void weights(Parameters parameters, StoredType type) {
    DType dtype =
        switch (type) {
          case F16 -> DType.FLOAT16;
          case BF16 -> DType.BFLOAT16;
          default -> DType.FLOAT32;
        };
    TensorScope.tidyRun(
        () -> {
          List<SafetensorsWriter.Item> items = new ArrayList<>();
          for (Parameters.Weight weight : parameters.weights()) {
            Tensor stored = weight.value().detach().to(dtype).contiguous();
            items.add(
                new SafetensorsWriter.Item(
                    weight.slot().name(),
                    dtype == DType.FLOAT32 ? StoredType.F32 : type,
                    weight.slot().shape().sizes(),
                    stored.memory()));
          }
          SafetensorsWriter.write(file("model.safetensors"), items, Map.of("format", "pt"));
        });
  }

  /// Writes a text; the file is the old one or the new one at any time.
  void write(String name, String text) {
    try {
      WholeFile.write(file(name), text);
    } catch (IOException e) {
      throw new TrainingException(
          "train: expected to write %s, got %s".formatted(file(name), e), e);
    }
  }
}
