package io.lexiscope.workbench.exit;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.exit.ExitRow;
import io.lexiscope.tensor.testing.Tolerance;
import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.generate.EarlyExitReport;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.generate.GenerateResult;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitUseCaseTest {
  private static final ModelChoice MICROWORLD = ModelChoice.of("microworld");

  @ParameterizedTest
  @ValueSource(strings = {"sub-updates", "confidence", "probe"})
  void aRuleThatWasLearnedAndWrittenLeavesInGeneration(String rule) {
    try (var bench = GoldenBench.open(Path.of("../models"))) {
      ExitResult learned = bench.answer(request(rule));
      String file = ViewJson.write(Objects.requireNonNull(learned.learned()));
      GenerateResult plain = bench.answer(generate(null));
      GenerateResult early = bench.answer(generate(file));

      assertThat(learned.rule()).isEqualTo(rule);
      assertThat(learned.setup().tests()).isEqualTo(21);
      assertThat(learned.setup().calibration()).isEqualTo(9);
      ExitRow never = row(learned, "never");
      assertClose(never.accuracy().value(), 1, new Tolerance(0, 0));
      assertClose(never.savedLayers(), 0, new Tolerance(0, 0));
      assertThat(row(learned, "oracle").savedLayers()).isPositive();
      EarlyExitReport report = Objects.requireNonNull(early.earlyExit());
      assertThat(report.rule()).isEqualTo(rule);
      assertThat(report.whole().generated()).isEqualTo(plain.generated());
      assertThat(early.generated()).allMatch(token -> token.exitLayer() != null);
    }
  }

  private static ExitRow row(ExitResult result, String name) {
    return result.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  private static ExitRequest request(String rule) {
    return new ExitRequest(
        MICROWORLD,
        /* texts= */ null,
        new ExitLearning(
            /* examples= */ 60,
            /* tests= */ 30,
            /* clusters= */ 20,
            /* splits= */ 1,
            /* agreement= */ 0.9,
            rule,
            /* seed= */ 1L),
        /* prompts= */ 1,
        /* n= */ 4,
        /* lateKeys= */ null,
        /* withRule= */ true,
        /* interventions= */ null);
  }

  private static GenerateRequest generate(@org.jspecify.annotations.Nullable String rule) {
    return new GenerateRequest(
        MICROWORLD,
        Prompt.text("The capital of Norway is"),
        /* n= */ 6,
        new DecodingOptions(null, null, null, null, null, null, rule, /* lateKeys= */ null),
        /* interventions= */ null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oracle", "confidence:2", "confidence:x", "soon", "{}"})
  void whatIsNoRuleIsRefused(String rule) {
    try (var bench = GoldenBench.open(Path.of("../models"))) {
      assertThatThrownBy(() -> bench.answer(generate(rule)))
          .isInstanceOf(WorkbenchException.class)
          .hasMessageContaining("expected");
    }
  }
}
