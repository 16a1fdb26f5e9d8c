package io.lexiscope.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.train.task.SequenceTask;
import io.lexiscope.train.task.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "microworld",
        "addition",
        "counting",
        "expressions-encoder",
        "expressions-decoder"
      })
  void bundledRecipesNameTheirTaskAndSurviveWritingAndReading(String name) {
    Recipe recipe = Recipes.load(name);

    assertThat(recipe.about().name()).isEqualTo(name);
    assertThat(Tasks.of(recipe.task()).name()).isEqualTo(name);
    assertThat(Recipes.parse(Recipes.write(recipe), "a test")).isEqualTo(recipe);
  }

  @Test
  void thePatternsOfARecipeAreDrawnAndNoOthers() {
    var recipe =
        new TaskRecipe(
            "expressions-decoder",
            /* seed= */ 1,
            Map.of("patterns", List.of("a-(b-c)"), "greatest", List.of(9)));

    for (int i = 0; i < 100; i++) {
      assertThat(((SequenceTask) Tasks.of(recipe)).example(Split.TRAIN, i).text())
          .matches("B\\d-\\(\\d-\\d\\)=[+-]\\d+E");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-(b", "", "a?b"})
  void aPatternThatIsNoneIsRefused(String pattern) {
    var recipe =
        new TaskRecipe("expressions-encoder", /* seed= */ 1, Map.of("patterns", List.of(pattern)));

    assertThatThrownBy(() -> Tasks.of(recipe)).isInstanceOf(RecipeException.class);
  }

  @Test
  void operandsThatAreNoNumbersAreRefused() {
    var recipe =
        new TaskRecipe("expressions-encoder", /* seed= */ 1, Map.of("greatest", List.of("many")));

    assertThatThrownBy(() -> Tasks.of(recipe))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("a list of whole numbers for greatest");
  }

  @Test
  void anUnknownNameSaysWhichThereAre() {
    assertThatThrownBy(() -> Recipes.load("multiplication"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("addition")
        .hasMessageContaining("multiplication");
  }

  @Test
  void anUnknownKeyIsNamedWithItsPlace() {
    String json =
        Recipes.write(Recipes.load("addition")).replace("\"steps\"", "\"stpes\" : 1, \"steps\"");

    assertThatThrownBy(() -> Recipes.parse(json, "mine.json"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("stpes")
        .hasMessageContaining("mine.json");
  }

  @Test
  void aNumberOutOfRangeIsNamedWithItsPlace() {
    String json =
        Recipes.write(Recipes.load("addition")).replaceAll("\"rows\" : \\d+", "\"rows\" : 0");

    assertThatThrownBy(() -> Recipes.parse(json, "mine.json"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("rows >= 1")
        .hasMessageContaining("mine.json");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Recipes.read(Path.of("no-such.json")))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("no-such.json");
  }

  @Test
  void anOptionThatTheTaskDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> Tasks.of(new TaskRecipe("addition", 1, Map.of("letters", 5))))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("letters")
        .hasMessageContaining("digits");
  }

  @Test
  void optionsReachTheTask() {
    var task = Tasks.of(new TaskRecipe("counting", 1, Map.of("letters", 5, "maxCount", 4)));

    assertThat(task.grammar()).contains("of 5").contains("1 to 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2:x:0:0",
        "{\"hunter2\": 1}",
        "{\"about\": \"hunter2\"}",
        "[\"hunter2\"]",
        "{hunter2"
      })
  void aFileThatIsNoRecipeIsNotReadOut(String content) {
    assertThatThrownBy(() -> Recipes.parse(content, "a file"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("in a file")
        .hasMessageNotContaining("hunter2");
  }
}
