package io.lexiscope.model.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelfChecksTest {
  private static final List<String> NAMES =
      List.of("stream", "parts", "neurons", "heads", "attention", "watching", "cache", "causality");

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void everyFamilyPasses(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      SelfCheckReport report = SelfChecks.check(model);

      assertThat(report.checks()).extracting(SelfCheck::name).containsExactlyElementsOf(NAMES);
      assertThat(report.passed()).as(report.toString()).isTrue();
      assertThat(report.worst()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void everythingAppliesToADecoder(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      assertThat(SelfChecks.check(model).checks())
          .extracting(SelfCheck::outcome)
          .allMatch(SelfCheck.Compared.class::isInstance);
    }
  }

  @Test
  void whatSaysNothingAboutAnEncoderIsReportedAsSuch() {
    try (LanguageModel model = GoldenModel.BERT.open()) {
      assertThat(SelfChecks.check(model).checks())
          .filteredOn(check -> check.outcome() instanceof SelfCheck.NotApplicable)
          .extracting(SelfCheck::name)
          .containsExactly("parts", "cache", "causality");
    }
  }

  @Test
  void aPassTakesItsTurn() {
    List<String> turns = new ArrayList<>();
    Turn counting =
        new Turn() {
          @Override
          public <T> T take(java.util.function.Supplier<T> work) {
            turns.add("turn");
            return work.get();
          }
        };
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      assertThat(SelfChecks.check(model, counting).passed()).isTrue();
      assertThat(turns).hasSizeGreaterThan(4);
    }
  }

  /// Breaks one place of one pass and names the checks that must notice.
  private static Set<String> failed(HookName at, UnaryOperator<Tensor> change) {
    try (LanguageModel model = GoldenModel.LLAMA.open()) {
      SelfCheckReport report = SelfChecks.check(model, Map.of(at, List.of(change)));
      Set<String> failed = new LinkedHashSet<>();
      report.checks().stream()
          .filter(check -> !check.passed())
          .map(SelfCheck::name)
          .forEach(failed::add);
      assertThat(report.passed()).isEqualTo(failed.isEmpty());
      return failed;
    }
  }

  @Test
  void aStreamThatIsNotTheSumIsFound() {
    assertThat(failed(HookPoint.RESID_MID.at(1), x -> x.mul(1.01))).contains("stream", "parts");
    assertThat(failed(HookPoint.RESID_POST.at(2), x -> x.add(0.01))).contains("stream");
  }

  @Test
  void headsThatDoNotSumToTheirModuleAreFound() {
    assertThat(failed(HookPoint.ATTN_MODULE_OUT.at(0), x -> x.mul(1.01))).contains("heads");
  }

  @Test
  void neuronsThatDoNotSumToTheirModuleAreFound() {
    assertThat(failed(HookPoint.MLP_MODULE_OUT.at(2), x -> x.mul(1.01))).contains("neurons");
  }

  @Test
  void aPatternThatDoesNotMixTheValuesIsFound() {
    assertThat(failed(HookPoint.PATTERN.at(0), x -> x.mul(1.01))).contains("attention");
    assertThat(failed(HookPoint.Z.at(1), x -> x.mul(1.01))).contains("attention");
  }

  @Test
  void aPlaceThatReadsLaterPositionsIsFound() {
    UnaryOperator<Tensor> leak = x -> x.add(x.mean(1, /* keepAxis= */ true).mul(0.01));

    assertThat(failed(HookPoint.RESID_PRE.at(0), leak)).contains("causality", "cache");
    assertThat(failed(HookPoint.V.at(1), leak)).contains("causality", "cache");
  }

  @Test
  void aPassThatIsNotLikeTheOneBeforeIsFound() {
    AtomicInteger passes = new AtomicInteger();

    assertThat(failed(HookPoint.EMBED.once(), x -> x.add(0.01 * passes.getAndIncrement())))
        .containsExactly("heads", "attention", "watching", "cache", "causality");
  }

  @Test
  void aNumberThatIsNotFiniteFailsEverythingItReaches() {
    UnaryOperator<Tensor> spoil = x -> x.mul(Double.NaN);

    assertThat(failed(HookPoint.RESID_PRE.at(0), spoil)).containsExactlyElementsOf(NAMES);
  }
}
