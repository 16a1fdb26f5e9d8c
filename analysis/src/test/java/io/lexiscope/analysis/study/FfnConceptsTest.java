package io.lexiscope.analysis.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.study.StudyCheck.Outcome;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.tensor.testing.TensorAssertions;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FfnConceptsTest {
  private static final String TEXT =
      List.of("Norway", "France", "Spain", "Peru", "Egypt", "Japan", "Kenya", "Chile").stream()
          .map(
              country ->
                  "The capital of %1$s is known to all. Many people in %1$s speak the language of the country. The flag of %1$s hangs in the street.\n"
                      .formatted(country))
          .collect(java.util.stream.Collectors.joining());

  private static List<StudyCheck> checks(LanguageModel model, List<String> texts) {
    StudySubject subject =
        new StudySubject(
            model, texts, List.of(), new StudySubject.Sizes(/* examples= */ 24, 8), /* seed= */ 0);
    List<StudyCheck> checks = new ArrayList<>();
    for (Study.Step step : new FfnConcepts().checks(subject)) {
      checks.addAll(step.measure().take(Runnable::run));
    }
    return checks;
  }

  private static StudyCheck named(List<StudyCheck> checks, String part) {
    return checks.stream()
        .filter(check -> check.name().contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected a check on " + part + " among " + checks));
  }

  @Test
  void whatHoldsInEveryModelPassesOnTheBundledOneAndTheRestSaysWhyNot() {
    try (LanguageModel model = LanguageModel.open(Path.of("..", "models", "microworld"))) {

      List<StudyCheck> checks = checks(model, List.of(TEXT));

      assertThat(checks).noneMatch(check -> check.outcome() == Outcome.FAILED);
      assertThat(named(checks, "sub-updates and bias sum").outcome()).isEqualTo(Outcome.PASSED);
      assertThat(named(checks, "scores sum").outcome()).isEqualTo(Outcome.PASSED);
      assertThat(named(checks, "every layer").measured()).isEqualTo("6 layers × (10, 10, 10)");
      assertThat(named(checks, "saturates at one layer").outcome()).isEqualTo(Outcome.PASSED);
      assertThat(named(checks, "random sub-updates").outcome()).isEqualTo(Outcome.PASSED);
      StudyCheck table8 = named(checks, "Table 8");
      assertThat(table8.outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
      assertThat(table8.note())
          .isEqualTo(
              "published for GPT-2 medium; this model is of family gpt2 with 6 layers of width 256");
      assertThat(named(checks, "mean overlap").measured()).contains("48 vectors");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"LLAMA", "GEMMA2", "OLMO2", "GPTJ", "OPT"})
  void theIdentitiesPassInOtherFamiliesAndAMissingTextIsNamed(Golden golden) {
    try (LanguageModel model = golden.open()) {

      List<StudyCheck> checks = checks(model, List.of());

      assertThat(checks).noneMatch(check -> check.outcome() == Outcome.FAILED);
      assertThat(checks.stream().filter(check -> check.outcome() == Outcome.PASSED))
          .hasSizeGreaterThanOrEqualTo(3);
      assertThat(named(checks, "over a corpus").note()).contains("--data");
      assertThat(checks)
          .filteredOn(check -> check.outcome() == Outcome.NOT_APPLICABLE)
          .allSatisfy(check -> assertThat(check.note()).isNotBlank());
    }
  }

  @Test
  void aModelIsRecognisedByItsShape() {
    try (LanguageModel model = LanguageModel.open(Path.of("..", "models", "microworld"))) {
      Architecture other = model.architecture();
      assertThat(FfnConcepts.Shape.of(other)).isEqualTo(FfnConcepts.Shape.OTHER);
      assertThat(FfnConcepts.Shape.of(sized(other, 24, 1024))).isEqualTo(FfnConcepts.Shape.MEDIUM);
      assertThat(FfnConcepts.Shape.of(sized(other, 12, 768))).isEqualTo(FfnConcepts.Shape.SMALL);
      assertThat(FfnConcepts.Shape.of(sized(other, 36, 1280))).isEqualTo(FfnConcepts.Shape.OTHER);
    }
  }

  private static Architecture sized(Architecture like, int layers, int width) {
    var attention = like.block().attention();
    var all =
        new Attention(
            attention.heads(),
            attention.scores(),
            Attention.Mask.global(/* causal= */ true, layers),
            attention.qkNorm(),
            attention.biases());
    return new Architecture(
        like.family(),
        new Dimensions(layers, width, 4 * width, 50_257, 1024),
        like.embedding(),
        new Block(like.block().wiring(), like.block().norm(), all, like.block().mlp()),
        like.output());
  }

  @Test
  void thePublishedNumbersAreComplete() {
    assertThat(PublishedFfn.BY_HAND).hasSize(10);
    assertThat(PublishedFfn.BY_HAND).allSatisfy(vector -> assertThat(vector.words()).hasSize(10));
    assertThat(PublishedFfn.SATURATION).hasSize(24);
    assertThat(PublishedFfn.TOP_TEN).hasSize(24);
    double sum = PublishedFfn.SATURATION.stream().mapToDouble(share -> share).sum();
    TensorAssertions.assertClose(sum, 100.16, Tolerance.within(1e-6));
  }

  @Test
  void anUnknownStudyIsRefusedWithTheNamesOfTheOthers() {
    assertThat(Studies.named("ffn-concepts").source()).contains("2203.14680");
    assertThatThrownBy(() -> Studies.named("visit"))
        .isInstanceOf(StudyException.class)
        .hasMessage(
            "reproduce: expected one of the studies ffn-concepts, inversion, value-tracing, flow-graph, got visit");
  }
}
