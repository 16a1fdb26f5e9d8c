package io.lexiscope.analysis.tracing;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueMoveTest {
  private static final Path ENCODER = Path.of("..", "models", "expressions-encoder");
  private static final Tolerance ROUNDING = new Tolerance(1e-4, 1e-4);
  private static final ExpressionTemplate TEMPLATE =
      new ExpressionTemplate("a-(b-c)", ExpressionTemplate.Frame.none(), 100, 999);

  private static ValueMove.Rewriting rewriting(
      LanguageModel model, List<ExpressionTemplate.Drawn> drawn, String value) {
    return (prompt, number) ->
        TEMPLATE
            .with(drawn.get(prompt), value, Math.round(number))
            .map(other -> TEMPLATE.tokens(model, other));
  }

  private static double answer(LanguageModel model, TokenIds tokens) {
    try (Run run = model.run(tokens, Recording.nothing())) {
      return TensorScope.tidy(() -> model.transformer().outputs(run.last()).item());
    }
  }

  @Test
  void movingTheBestOperandIsLikeRewritingItAndARandomDirectionIsNot() {
    try (LanguageModel model = LanguageModel.open(ENCODER)) {
      var drawn = TEMPLATE.draw(300, 0);
      TracedPrompts prompts = TEMPLATE.prompts(model, drawn);
      ValueDirection direction =
          ValueDirection.fit(
              model,
              prompts,
              HookPoint.RESID_POST,
              0,
              1,
              "a",
              ValueDirection.Kind.PATTERN,
              Turn.immediately());

      ValueMove move =
          ValueMove.measure(
              model,
              NumericOutput.of(model, false),
              prompts,
              direction,
              "a",
              rewriting(model, drawn, "a"),
              new ValueMove.Effort(12, 7, 0),
              Turn.immediately());

      assertThat(move.agreement().scores()).isGreaterThan(0.8);
      assertThat(move.agreement().output()).isGreaterThan(0.8);
      assertThat(move.agreement().random()).isLessThan(0.3);
      assertThat(move.interchange()).isNotNull();

      // Every dose again, prompt by prompt, by setting the component itself.
      for (ValueMove.Dose dose : move.curve()) {
        double component = dose.score() + direction.scale().mean();
        LanguageModel set =
            model.with(
                Interventions.of(
                    Intervention.of(
                            new Target.Place(direction.place()),
                            new Change.SetAlong(direction.parts().getFirst(), component))
                        .at(new Where.At(List.of(1)))));
        double[] answers =
            IntStream.range(0, drawn.size())
                .filter(TracedPrompts::tests)
                .limit(12)
                .mapToDouble(i -> answer(set, prompts.prompts().get(i).tokens()))
                .toArray();
        double mean = IntStream.range(0, 12).mapToDouble(i -> answers[i]).average().orElseThrow();
        assertClose(new double[] {dose.outputs().moved()}, new double[] {mean}, ROUNDING);
      }
    }
  }

  @Test
  void operandsThenTheDifferenceThenTheAnswerAreFollowed() {
    try (LanguageModel model = LanguageModel.open(ENCODER)) {
      TracedPrompts prompts = TEMPLATE.prompts(model, TEMPLATE.draw(300, 0));

      ValueTrace trace =
          ValueTrace.measure(
              model,
              prompts,
              new ValueTrace.Places(
                  HookPoint.RESID_POST,
                  List.of(0, 2, 3),
                  /* positions= */ true,
                  /* joined= */ false),
              NumericOutput.of(model, false),
              /* seed= */ 0,
              Turn.immediately());

      assertThat(most(trace, 0, "a")).isGreaterThan(0.9);
      assertThat(most(trace, 3, "a-(b-c)")).isGreaterThan(0.98);
      assertThat(
              trace.sites().stream()
                  .filter(site -> site.layer() == 2)
                  .mapToDouble(site -> site.values().get(3).partial().least())
                  .max()
                  .orElseThrow())
          .isGreaterThan(0.5);
      assertThat(trace.sites())
          .allSatisfy(
              site ->
                  assertThat(site.values())
                      .allSatisfy(
                          value -> assertThat(value.controls().shuffled()).isLessThan(0.3)));
      assertThat(trace.checks())
          .filteredOn(check -> check.layer() == 3 && check.value().equals("a-(b-c)"))
          .singleElement()
          .satisfies(check -> assertThat(check.verdict()).isEqualTo(Verdict.CAUSAL));
    }
  }

  private static double most(ValueTrace trace, int layer, String value) {
    return trace.sites().stream()
        .filter(site -> site.layer() == layer)
        .flatMap(site -> site.values().stream())
        .filter(reading -> reading.value().equals(value))
        .mapToDouble(reading -> Math.abs(reading.linear().pearson()))
        .max()
        .orElseThrow();
  }
}
