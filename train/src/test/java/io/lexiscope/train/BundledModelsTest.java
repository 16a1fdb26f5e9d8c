package io.lexiscope.train;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import io.lexiscope.train.recipe.Recipe;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.train.task.ExpressionEncoderTask;
import io.lexiscope.train.task.ExpressionGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class BundledModelsTest {
  private static final Path MODELS = Path.of("..", "models");

  /// Questions of each kind; enough to tell a model that knows from one that does not.
  private static final int QUESTIONS = 20;

  private static Stream<Path> bundled() {
    try (Stream<Path> entries = Files.list(MODELS)) {
      return entries
          .filter(folder -> Files.exists(folder.resolve("config.json")))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void theRecipeOfAModelIsTheOneThatIsBundled(Path folder) {
    Recipe recipe = Recipes.read(folder.resolve("recipe.json"));

    assertThat(recipe.about().name()).isEqualTo(folder.getFileName().toString());
    assertThat(recipe).isEqualTo(Recipes.load(recipe.about().name()));
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void aModelIsAsGoodAsItsCardSays(Path folder) {
    List<Metric> said =
        JsonMapper.shared()
            .readValue(folder.resolve("metrics.json").toFile(), new TypeReference<>() {});
    Recipe recipe = Recipes.read(folder.resolve("recipe.json"));

    try (LanguageModel model = LanguageModel.open(folder)) {
      // A few questions say little about a variance, and numbers are quick to ask for.
      boolean regression = said.getFirst().name().startsWith("r2");
      List<Metric> measured =
          Evaluations.run(
              model, Tasks.of(recipe.task()), regression ? Evaluations.QUESTIONS : QUESTIONS);

      assertThat(model.unusedWeights()).isEmpty();
      for (int i = 0; i < said.size(); i++) {
        assertThat(measured.get(i).name()).isEqualTo(said.get(i).name());
        assertThat(measured.get(i).low()).isLessThanOrEqualTo(said.get(i).high());
        assertThat(measured.get(i).high()).isGreaterThanOrEqualTo(said.get(i).low());
      }
    }
  }

  @Test
  void theMicroworldKnowsTheCapitalOfNorway() {
    try (LanguageModel model = LanguageModel.open(MODELS.resolve("microworld"))) {
      assertThat(model.generate("The capital of Norway is", Decoding.greedy(1)).text())
          .isEqualTo("The capital of Norway is Oslo");
    }
  }

  @Test
  void theDecoderWritesTheValueOfAnExpression() {
    try (LanguageModel model = LanguageModel.open(MODELS.resolve("expressions-decoder"))) {
      assertThat(model.generate("B54-(38-29)=", Decoding.greedy(4)).text())
          .isEqualTo("B54-(38-29)=+45E");
    }
  }

  @Test
  void theEncoderSaysTheValueOfAnExpression() {
    try (LanguageModel model = LanguageModel.open(MODELS.resolve("expressions-encoder"));
        Run run = model.run("154-(38+290)", Recording.nothing())) {
      double value =
          TensorScope.tidy(() -> model.transformer().outputs(run.last()).item())
              * new ExpressionEncoderTask(/* seed= */ 1, ExpressionGrammar.standard())
                  .targetScale();

      assertClose(value, 154 - (38 + 290), Tolerance.within(20));
    }
  }
}
