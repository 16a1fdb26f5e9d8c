package io.lexiscope.workbench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A recipe is asked of the model it makes, or of one that has its vocabulary.
class EvaluateUseCaseTest {
  private static final Path MODELS = Path.of("../models");

  private final Workbench bench = GoldenBench.open(MODELS);

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"counting", "../models/counting/recipe.json"})
  void aRecipeAloneMeasuresItsOwnModel(String recipe) {
    EvaluateResult result = evaluate(/* model= */ null, recipe);

    assertThat(result.model()).endsWith("counting");
    assertThat(result.metrics().values()).isNotEmpty().allMatch(metric -> metric.value() > 0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "microworld, addition",
    "addition, counting",
    "counting, microworld",
    "expressions-encoder, expressions-decoder"
  })
  void aModelThatCannotReadTheTaskIsRefused(String model, String recipe) {
    assertThatThrownBy(() -> evaluate(model, recipe))
        .isInstanceOf(WorkbenchException.class)
        .hasMessageContaining("evaluate: expected a model with the")
        .hasMessageContaining("of the task " + recipe);
  }

  private EvaluateResult evaluate(@Nullable String model, String recipe) {
    return bench.answer(
        new EvaluateRequest(
            new ModelChoice(model, /* dtype= */ null, /* device= */ null),
            recipe,
            /* interventions= */ null));
  }
}
