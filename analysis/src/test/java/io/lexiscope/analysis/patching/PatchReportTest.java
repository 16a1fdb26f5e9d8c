package io.lexiscope.analysis.patching;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatchReportTest {
  private static final Tolerance ROUNDING = new Tolerance(3e-5, 3e-5);
  private static final List<HookPoint> POINTS =
      List.of(
          HookPoint.RESID_PRE,
          HookPoint.MLP_OUT,
          HookPoint.Z,
          HookPoint.Q,
          HookPoint.K,
          HookPoint.V,
          HookPoint.PATTERN);

  /// The same length, another text from position 3 on but for its last token.
  private static PromptPair pair(Golden golden) {
    TokenIds clean = golden.prompt().slice(0, 9);
    int[] other =
        IntStream.range(0, clean.size())
            .map(i -> i < 3 || i == 8 ? clean.get(i) : 3 + (clean.get(i) * 7) % 500)
            .toArray();
    return new PromptPair(clean, TokenIds.of(other), /* target= */ 31, /* foil= */ 400);
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void everyCellIsAWholeRunWithThatPatch(Golden golden) {
    PromptPair pair = pair(golden);
    try (LanguageModel bare = golden.open()) {
      LanguageModel model =
          bare.with(
              Interventions.of(Intervention.scaleNeuron(1, 3, 4), Intervention.ablateHead(0, 1)));
      for (HookPoint point : POINTS) {
        PatchPlan plan = PatchPlan.of(model.architecture(), point, PatchMetric.LOGIT_DIFFERENCE);

        PatchReport report = PatchReport.measure(model, List.of(pair), plan, Turn.immediately());

        List<Double> swept = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        try (Run clean = model.run(pair.clean(), Recording.of(point))) {
          for (int layer : plan.layers()) {
            var row = report.grid().cells().get(layer);
            assertThat(row).doesNotContainNull();
            for (int column = 0; column < row.size(); column++) {
              swept.add(Objects.requireNonNull(row.get(column)).value());
              whole.add(naive(model, clean, pair, point.at(layer), column));
            }
          }
        }
        assertClose(doubles(swept), doubles(whole), ROUNDING);
      }
    }
  }

  private static double[] doubles(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double naive(
      LanguageModel model, Run clean, PromptPair pair, HookName at, int column) {
    boolean heads = at.point().headAxis().isPresent();
    Intervention patch =
        heads
            ? Intervention.patch(new Target.Head(at, column), clean.rows(at))
            : Intervention.patch(new Target.Place(at), clean.rows(at))
                .at(new Where.At(List.of(column)));
    try (Run run = model.with(Interventions.of(patch)).run(pair.corrupt(), Recording.nothing())) {
      var logits = run.logits(-1);
      return (double) logits.of(pair.target()) - logits.of(pair.foil());
    }
  }

  @Test
  void aRunPatchedIntoItselfStaysAsItIs() {
    TokenIds prompt = Golden.LLAMA.prompt().slice(0, 9);
    PromptPair itself = new PromptPair(prompt, prompt, 31, 400);
    try (LanguageModel model = Golden.LLAMA.open()) {
      for (HookPoint point : POINTS) {
        // Every cell is run: zeroing has no position at which both prompts are the same.
        List<Variant> variants = new ArrayList<>();
        try (Run run = model.run(prompt, Recording.of(point))) {
          for (int layer = 0; layer < model.architecture().layers(); layer++) {
            for (int position = 0; position < prompt.size(); position++) {
              variants.add(
                  new Variant(
                      Interventions.of(
                          Intervention.patch(
                                  new Target.Place(point.at(layer)), run.rows(point.at(layer)))
                              .at(new Where.At(List.of(position)))),
                      position));
            }
          }
        }
        float[][] said = new float[variants.size()][];
        float[] plain =
            new PatchSweep(model, prompt, -1)
                .run(variants, Turn.immediately(), (i, logits) -> said[i] = logits);
        for (float[] logits : said) {
          assertClose(logits, plain, new Tolerance(1e-5, 1e-5));
        }
        var report =
            PatchReport.measure(
                model,
                List.of(itself),
                PatchPlan.of(model.architecture(), point, PatchMetric.KL),
                Turn.immediately());
        assertThat(report.grid().cells())
            .allSatisfy(row -> assertThat(row).allMatch(cell -> cell.value() == 0));
      }
    }
  }

  @Test
  void fewRowsAtATimeGiveTheSame() {
    PromptPair pair = pair(Golden.GPT2);
    try (LanguageModel model = Golden.GPT2.open();
        Run clean = model.run(pair.clean(), Recording.of(HookPoint.Z))) {
      List<Variant> variants = new ArrayList<>();
      for (int layer = 0; layer < model.architecture().layers(); layer++) {
        for (int head = 0; head < 4; head++) {
          var at = HookPoint.Z.at(layer);
          variants.add(
              new Variant(
                  Interventions.of(Intervention.patch(new Target.Head(at, head), clean.rows(at))),
                  3));
        }
      }
      float[][] all = new float[variants.size()][];
      float[][] few = new float[variants.size()][];
      new PatchSweep(model, pair.corrupt(), -1)
          .run(variants, Turn.immediately(), (i, logits) -> all[i] = logits);
      new PatchSweep(model, pair.corrupt(), -1, /* mostTokens= */ 20)
          .run(variants, Turn.immediately(), (i, logits) -> few[i] = logits);
      for (int i = 0; i < all.length; i++) {
        assertClose(few[i], all[i], ROUNDING);
      }
    }
  }

  @Test
  void aPatchOfEverythingAtTheLastPositionIsTheOtherRun() {
    PromptPair pair = pair(Golden.QWEN3);
    try (LanguageModel model = Golden.QWEN3.open()) {
      var plan = PatchPlan.of(model.architecture(), HookPoint.RESID_POST, PatchMetric.KL);

      var report = PatchReport.measure(model, List.of(pair), plan, Turn.immediately());

      var last = report.grid().cells().getLast();
      assertThat(report.grid().clean().value()).isZero();
      assertClose(last.getLast().value(), 0, Tolerance.within(1e-8));
      assertClose(last.get(4).value(), report.grid().corrupt().value(), ROUNDING);
      assertThat(report.grid().corrupt().value()).isPositive();
    }
  }

  @Test
  void normalisedNumbersAreZeroForCorruptAndOneForClean() {
    PromptPair pair = pair(Golden.GPT2);
    try (LanguageModel model = Golden.GPT2.open()) {
      var plain = PatchPlan.of(model.architecture(), HookPoint.RESID_POST, PatchMetric.PROBABILITY);
      for (PatchDirection direction : List.of(PatchDirection.DENOISING, PatchDirection.NOISING)) {
        var raw = with(plain, direction, /* normalise= */ false);
        var normal = with(plain, direction, /* normalise= */ true);

        var before = PatchReport.measure(model, List.of(pair), raw, Turn.immediately()).grid();
        var after = PatchReport.measure(model, List.of(pair), normal, Turn.immediately()).grid();

        assertThat(after.clean().value()).isEqualTo(1);
        assertThat(after.corrupt().value()).isZero();
        double low = before.corrupt().value();
        double high = before.clean().value();
        assertClose(
            new double[] {after.cells().get(1).get(8).value()},
            new double[] {(before.cells().get(1).get(8).value() - low) / (high - low)},
            ROUNDING);
        assertClose(
            new double[] {after.cells().getLast().getLast().value()},
            new double[] {direction == PatchDirection.DENOISING ? 1 : 0},
            new Tolerance(1e-3, 1e-3));
      }
    }
  }

  private static PatchPlan with(PatchPlan plan, PatchDirection direction, boolean normalise) {
    return new PatchPlan(
        plan.at(),
        plan.layers(),
        plan.position(),
        direction,
        new PatchPlan.Measure(plan.measure().metric(), -1, normalise, List.of()));
  }

  @Test
  void zeroAndMeanAreAblationsOfTheCleanRun() {
    PromptPair pair = pair(Golden.GPT2);
    try (LanguageModel model = Golden.GPT2.open()) {
      var base = PatchPlan.of(model.architecture(), HookPoint.Z, PatchMetric.LOGIT_DIFFERENCE);
      var zero = with(base, PatchDirection.ZERO, /* normalise= */ false);

      var report = PatchReport.measure(model, List.of(pair), zero, Turn.immediately());

      try (Run run =
          model
              .with(Interventions.of(Intervention.ablateHead(1, 2)))
              .run(pair.clean(), Recording.nothing())) {
        var logits = run.logits(-1);
        assertClose(
            new double[] {report.grid().cells().get(1).get(2).value()},
            new double[] {(double) logits.of(31) - logits.of(400)},
            ROUNDING);
      }
      var mean =
          new PatchPlan(
              HookPoint.Z,
              base.layers(),
              /* position= */ null,
              PatchDirection.MEAN,
              new PatchPlan.Measure(
                  PatchMetric.LOGIT_DIFFERENCE, -1, false, List.of(pair.corrupt())));
      assertThat(
              PatchReport.measure(model, List.of(pair), mean, Turn.immediately())
                  .grid()
                  .cells()
                  .get(1)
                  .get(2)
                  .value())
          .isNotEqualTo(report.grid().cells().get(1).get(2).value())
          .isNotEqualTo(report.grid().clean().value());
    }
  }

  @Test
  void severalPairsGiveMeansWithIntervals() {
    PromptPair one = pair(Golden.GPT2);
    PromptPair other = new PromptPair(one.clean(), one.corrupt(), 7, 400);
    try (LanguageModel model = Golden.GPT2.open()) {
      var plan = PatchPlan.of(model.architecture(), HookPoint.Z, PatchMetric.LOGIT_DIFFERENCE);

      var both = cell(model, plan, List.of(one, other));

      double first = cell(model, plan, List.of(one)).value();
      double second = cell(model, plan, List.of(other)).value();
      assertThat(both.n()).isEqualTo(2);
      assertClose(
          new double[] {both.value()}, new double[] {(first + second) / 2}, Tolerance.exact());
      assertThat(both.low()).isLessThan(both.value());
    }
  }

  private static Estimate cell(LanguageModel model, PatchPlan plan, List<PromptPair> pairs) {
    return PatchReport.measure(model, pairs, plan, Turn.immediately()).grid().cells().get(1).get(0);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    PromptPair pair = pair(Golden.GPT2);
    var shorter = new PromptPair(pair.clean().slice(0, 5), pair.corrupt(), 31, 400);
    try (LanguageModel model = Golden.GPT2.open()) {
      var plan = PatchPlan.of(model.architecture(), HookPoint.RESID_PRE, PatchMetric.KL);
      assertThatThrownBy(
              () -> PatchReport.measure(model, List.of(pair, shorter), plan, Turn.immediately()))
          .isInstanceOf(PatchException.class)
          .hasMessageContaining("got 5 and 9 in pair 2");
      assertThatThrownBy(() -> PatchReport.measure(model, List.of(), plan, Turn.immediately()))
          .hasMessageContaining("a pair of prompts");
      var nowhere = PatchPlan.of(model.architecture(), HookPoint.EMBED, PatchMetric.KL);
      assertThatThrownBy(
              () -> PatchReport.measure(model, List.of(pair), nowhere, Turn.immediately()))
          .hasMessageContaining("a hook point of blocks");
      assertThatThrownBy(() -> new PatchSweep(model, pair.clean(), 9))
          .hasMessageContaining("from -9 to 8, got 9");
      var same = new PromptPair(pair.clean(), pair.clean(), 31, 400);
      assertThatThrownBy(
              () ->
                  PatchReport.measure(
                      model,
                      List.of(same),
                      with(plan, PatchDirection.DENOISING, /* normalise= */ true),
                      Turn.immediately()))
          .hasMessageContaining("another kl");
    }
  }
}
