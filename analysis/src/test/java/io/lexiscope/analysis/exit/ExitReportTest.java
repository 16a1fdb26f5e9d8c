package io.lexiscope.analysis.exit;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.ffn.FfnSubUpdates;
import io.lexiscope.analysis.ffn.FfnTracer;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.LateKeys;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.EarlyExit;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole report, asked for as a Java program does.
class ExitReportTest {
  private static final Path GPT2 = Path.of("../model/src/test/resources/golden/gpt2-a");
  private static final List<TokenIds> TESTED = prompts(12, 2);
  private static final ExitExamples EXAMPLES = new ExitExamples("made up", prompts(40, 1), TESTED);
  private static final int TOKENS = 4;

  private static List<TokenIds> prompts(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> TokenIds.of(random.ints(3 + i % 3, 3, 500).toArray()))
        .toList();
  }

  private static ExitPlan plan(String rule) {
    return plan(rule, /* agreement= */ 0.9);
  }

  private static ExitPlan plan(String rule, double agreement) {
    return new ExitPlan(/* clusters= */ 20, /* splits= */ 1, agreement, rule, 1);
  }

  private static ExitRow row(ExitReport report, String name) {
    return report.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  /// Those that thresholds are not tuned on: the examples are shuffled first, then these.
  private static List<TokenIds> testedOf(List<TokenIds> heldOut) {
    RandomGenerator random = Seeded.LXM.from(/* seed= */ 1);
    Seeded.shuffle(IntStream.range(0, EXAMPLES.learned().size()).toArray(), random);
    int[] order = IntStream.range(0, heldOut.size()).toArray();
    Seeded.shuffle(order, random);
    return Arrays.stream(order, 4, order.length).mapToObj(heldOut::get).toList();
  }

  @Test
  void theOracleSavesWhatTheTrajectoriesOfThePromptsSay() {
    try (LanguageModel model = LanguageModel.open(GPT2)) {
      ExitReport report =
          ExitReport.measure(
              model,
              EXAMPLES,
              plan("confidence"),
              new ExitContinuations(/* prompts= */ 2, TOKENS, LateKeys.COPIED),
              Turn.immediately());

      double saved = 0;
      for (TokenIds prompt : testedOf(TESTED)) {
        try (Run run = model.run(prompt, FfnSubUpdates.recording(model))) {
          int saturation = FfnTracer.of(run).trajectory(run.length() - 1).saturationLayer();
          saved += model.architecture().layers() - 1 - saturation;
        }
      }
      assertClose(row(report, "oracle").savedLayers(), saved / 8, Tolerance.within(1e-9));
      assertThat(row(report, "never").accuracy().value()).isEqualTo(1);
      assertThat(row(report, "never").savedLayers()).isZero();
      assertThat(report.setup().tests()).isEqualTo(8);
      assertThat(report.setup().calibration()).isEqualTo(4);
      assertThat(report.rule()).isEqualTo("confidence");
      assertThat(report.generation())
          .extracting(ExitGeneration::rule)
          .containsExactly("confidence", "sub-updates");
      for (ExitGeneration generation : report.generation()) {
        assertThat(generation.lateKeys()).isEqualTo(LateKeys.COPIED);
        assertThat(generation.leftAt().stream().mapToInt(count -> count).sum())
            .isEqualTo(2 * TOKENS);
        assertThat(generation.agreement().value())
            .isEqualTo(agreement(model, report.learned().named(generation.rule())));
      }
    }
  }

  /// Share of tokens that the whole network says too, asked token by token.
  private static double agreement(LanguageModel model, LearnedRule rule) {
    int same = 0;
    for (TokenIds prompt : TESTED.subList(0, 2)) {
      Generation early = continued(model, rule, prompt, LateKeys.COPIED);
      for (int i = 0; i < TOKENS; i++) {
        TokenIds before = early.ids().slice(0, prompt.size() + i);
        try (Run run = model.run(before, Recording.nothing())) {
          same += run.logits(-1).best() == early.tokens().get(i).id() ? 1 : 0;
        }
      }
    }
    return same / (2.0 * TOKENS);
  }

  private static Generation continued(
      LanguageModel model, LearnedRule rule, TokenIds prompt, LateKeys late) {
    return model
        .generator()
        .generate(prompt, Decoding.greedy(TOKENS).leaving(new EarlyExit(rule, late)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"probe", "sub-updates", "sub-updates-rank"})
  void aRuleThatWasKeptAsPlainNumbersLeavesWhereItDid(String name) {
    try (LanguageModel model = LanguageModel.open(GPT2)) {
      LearnedRule rule =
          ExitReport.measure(
                  model,
                  EXAMPLES,
                  plan(name, /* agreement= */ 0.3),
                  ExitContinuations.none(),
                  Turn.immediately())
              .usedRule();

      LearnedRule kept =
          switch (rule) {
            case ProbeRule probes -> ExitProbes.of(probes).rule(model.architecture());
            case SubUpdateRule memory -> ExitMemory.of(memory).rule(model);
            default -> throw new AssertionError(rule);
          };

      var layers = new TreeSet<Integer>();
      for (TokenIds prompt : EXAMPLES.learned()) {
        List<Generation.Step> before = continued(model, rule, prompt, LateKeys.EXACT).tokens();
        List<Generation.Step> after = continued(model, kept, prompt, LateKeys.EXACT).tokens();
        assertThat(after.stream().map(ExitReportTest::layer).toList())
            .isEqualTo(before.stream().map(ExitReportTest::layer).toList());
        before.forEach(step -> layers.add(layer(step)));
      }
      assertThat(layers).hasSizeGreaterThan(1);
    }
  }

  /// Where a token left; −1 where it did not.
  private static int layer(Generation.Step step) {
    return step.exitLayer() == null ? -1 : step.exitLayer();
  }

  @Test
  void workEndsWhenATurnIsRefused() {
    Turn refused =
        new Turn() {
          @Override
          public <T> T take(Supplier<T> pass) {
            throw new IllegalStateException("stopped");
          }
        };

    try (LanguageModel model = LanguageModel.open(GPT2)) {
      assertThatThrownBy(
              () ->
                  ExitReport.measure(
                      model, EXAMPLES, ExitPlan.standard(), ExitContinuations.none(), refused))
          .hasMessage("stopped");
    }
  }

  @Test
  void aRuleThatWasNotLearnedIsRefused() {
    try (LanguageModel model = LanguageModel.open(GPT2)) {
      assertThatThrownBy(
              () ->
                  ExitReport.measure(
                      model, EXAMPLES, plan("soon"), ExitContinuations.none(), Turn.immediately()))
          .isInstanceOf(ExitException.class)
          .hasMessageContaining("got soon");
    }
  }
}
