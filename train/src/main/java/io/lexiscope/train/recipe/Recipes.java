package io.lexiscope.train.recipe;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.PlainText;
import io.lexiscope.base.RegularFile;
import io.lexiscope.model.config.JsonSlip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes recipes; knows those of the bundled models by name.
public final class Recipes {
  private static final List<String> NAMES =
      List.of("microworld", "addition", "counting", "expressions-encoder", "expressions-decoder");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Recipes() {}

  /// Names of the recipes that come with the library.
  public static List<String> names() {
    return NAMES;
  }

  /// A recipe by the name of a bundled model, or from a file.
  ///
  /// @param nameOrFile one of [#names], or a path to a JSON file
  /// @throws RecipeException if there is no such recipe or it cannot be used
  public static Recipe load(String nameOrFile) {
    return NAMES.contains(nameOrFile) ? bundled(nameOrFile) : read(Path.of(nameOrFile));
  }

  private static Recipe bundled(String name) {
    String resource = name + ".json";
    try (var in = Recipes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new RecipeException(
            "recipe: expected the resource %s beside %s, got none"
                .formatted(resource, Recipes.class.getName()));
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
    } catch (IOException e) {
      throw new RecipeException("recipe: expected to read %s, got %s".formatted(resource, e), e);
    }
  }

  /// Reads a recipe from a file.
  ///
  /// @throws RecipeException if it cannot be read or used
  public static Recipe read(Path file) {
    try {
      return parse(PlainText.read(RegularFile.check(file)), file.toString());
    } catch (IOException e) {
      throw new RecipeException(
          "recipe: expected one of %s or a readable file, got %s (%s)"
              .formatted(String.join(", ", NAMES), file, OneLine.of(e)),
          e);
    }
  }

  /// Understands a recipe's text.
  ///
  /// @param place where it is from, for messages
  /// @throws RecipeException if it cannot be used
  public static Recipe parse(String json, String place) {
    try {
      return MAPPER.readValue(json, Recipe.class);
    } catch (JacksonException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RecipeException known) {
        throw new RecipeException(known.getMessage() + " in " + place, e);
      }
      throw new RecipeException(
          "recipe: expected a JSON recipe, got %s in %s; compare with a bundled one"
              .formatted(JsonSlip.of(e), place),
          e);
    }
  }

  /// The recipe as JSON text, as [#parse] reads it.
  public static String write(Recipe recipe) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(recipe) + "\n";
  }
}
