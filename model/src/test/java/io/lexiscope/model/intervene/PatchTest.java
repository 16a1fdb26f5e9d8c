package io.lexiscope.model.intervene;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.KernelPaths;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Rows;
import io.lexiscope.model.Run;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Values set to what another run had there.
class PatchTest {
  private static final Tolerance ROUNDING = new Tolerance(1e-5, 1e-5);
  private static final TokenIds CLEAN = GoldenModel.prompt(11);
  private static final TokenIds CORRUPT = TokenIds.of(new Random(3).ints(11, 3, 500).toArray());

  private static Recording at(HookName place) {
    return Recording.of(List.of(place));
  }

  private static Intervention patch(HookName place, ActivationRows rows) {
    return Intervention.patch(new Target.Place(place), rows);
  }

  /// Elements of a value at one position.
  private static float[] here(Run run, HookName place, int position) {
    return run.activation(place, position).toFloats();
  }

  /// Held against a change that multiplies by 1: a changed value is a copy, and products of copies
  /// may go another way than those of views.
  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aRunPatchedIntoItselfChangesNotABit(GoldenModel golden) {
    KernelPaths.onEach(
        () -> {
          try (LanguageModel model = golden.open()) {
            for (HookName place : GoldenModel.places(model.architecture())) {
              Intervention none =
                  Intervention.of(new Target.Place(place), new Change.Scale(/* factor= */ 1));
              try (Run run = model.with(Interventions.of(none)).run(CLEAN, at(place));
                  Run patched =
                      model
                          .with(Interventions.of(patch(place, run.rows(place))))
                          .run(CLEAN, at(place))) {
                assertThat(patched.activation(place).toFloats())
                    .as(place.toString())
                    .isEqualTo(run.activation(place).toFloats());
                assertThat(patched.last().toFloats())
                    .as(place.toString())
                    .isEqualTo(run.last().toFloats());
              }
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void onlyThePositionsMeantBecomeThoseOfTheOtherRun(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      for (HookName place : GoldenModel.places(model.architecture())) {
        try (Run clean = model.run(CLEAN, at(place));
            Run corrupt = model.run(CORRUPT, at(place));
            Run patched =
                model
                    .with(
                        Interventions.of(
                            patch(place, clean.rows(place)).at(new Where.At(List.of(4, -1)))))
                    .run(CORRUPT, at(place))) {
          for (int position = 0; position < CLEAN.size(); position++) {
            Run expected = position == 4 || position == 10 ? clean : corrupt;
            assertClose(
                finite(here(patched, place, position)),
                finite(here(expected, place, position)),
                ROUNDING);
          }
        }
      }
    }
  }

  private static float[] finite(float[] numbers) {
    float[] copy = numbers.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = Float.isInfinite(copy[i]) ? -1e9f : copy[i];
    }
    return copy;
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void oneHeadOfEveryPlaceWithHeadsBecomesThatOfTheOtherRun(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      for (HookName place : GoldenModel.places(model.architecture())) {
        if (place.point().headAxis().isEmpty() || place.requireLayer() != 1) {
          continue;
        }
        try (Run clean = model.run(CLEAN, at(place));
            Run corrupt = model.run(CORRUPT, at(place));
            Run patched =
                model
                    .with(
                        Interventions.of(
                            Intervention.patch(
                                new Target.Head(place, /* index= */ 1), clean.rows(place))))
                    .run(CORRUPT, at(place))) {
          int axis = place.point().headAxis().getAsInt();
          for (int head = 0; head < clean.activation(place).size(axis); head++) {
            float[] expected = head(head == 1 ? clean : corrupt, place, axis, head);
            assertClose(finite(head(patched, place, axis, head)), finite(expected), ROUNDING);
          }
        }
      }
    }
  }

  private static float[] head(Run run, HookName place, int axis, int head) {
    return TensorScope.tidy(() -> run.activation(place).select(axis, head).toFloats());
  }

  /// Everything of one layer's stream: from there on the run is the other one.
  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aWholeStreamPatchedMakesTheRestTheOtherRun(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      HookName place = HookPoint.RESID_PRE.at(1);
      try (Run clean = model.run(CLEAN, at(place));
          Run patched =
              model
                  .with(Interventions.of(patch(place, clean.rows(place))))
                  .run(CORRUPT, Recording.nothing())) {
        assertClose(patched.last().toFloats(), clean.last().toFloats(), ROUNDING);
      }
    }
  }

  /// A prompt whose first three tokens another lacks.
  private static final Map<Integer, Integer> SHIFT =
      IntStream.range(3, 11).boxed().collect(Collectors.toMap(p -> p, p -> p - 3));

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void promptsOfOtherLengthsArePatchedByTheirAlignment(GoldenModel golden) {
    TokenIds shorter = CORRUPT.slice(3, 11);
    PositionMap aligned = new PositionMap.Aligned(SHIFT);
    try (LanguageModel model = golden.open()) {
      HookName place = HookPoint.MLP_POST.at(1);
      try (Run source = model.run(shorter, at(place));
          Run before = model.run(CLEAN, at(place));
          Run patched =
              model
                  .with(
                      Interventions.of(
                          Intervention.of(
                              new Target.Place(place),
                              new Change.SetRows(source.rows(place), aligned))))
                  .run(CLEAN, at(place))) {
        for (int position = 0; position < CLEAN.size(); position++) {
          assertClose(
              here(patched, place, position),
              position < 3 ? here(before, place, position) : here(source, place, position - 3),
              ROUNDING);
        }
      }
    }
  }

  @Test
  void aPatternIsMovedWithItsKeysAndRefusedWhereItWouldLoseWeight() {
    HookName place = HookPoint.PATTERN.at(1);
    try (LanguageModel model = GoldenModel.GPT2.open();
        Run source = model.run(CORRUPT.slice(3, 11), at(place));
        Run longer = model.run(CORRUPT, at(place))) {
      Intervention moved =
          Intervention.of(
              new Target.Place(place),
              new Change.SetRows(source.rows(place), new PositionMap.Aligned(SHIFT)));
      try (Run patched = model.with(Interventions.of(moved)).run(CLEAN, at(place))) {
        float[] got = here(patched, place, 7);
        float[] expected = here(source, place, 4);
        for (int head = 0; head < 4; head++) {
          assertClose(
              Arrays.copyOfRange(got, head * 11, head * 11 + 3), new float[3], Tolerance.exact());
          assertClose(
              Arrays.copyOfRange(got, head * 11 + 3, head * 11 + 11),
              Arrays.copyOfRange(expected, head * 8, head * 8 + 8),
              Tolerance.exact());
        }
      }
      Intervention losing =
          Intervention.of(
              new Target.Place(place),
              new Change.SetRows(
                  longer.rows(place),
                  new PositionMap.Aligned(
                      IntStream.range(0, 8)
                          .boxed()
                          .collect(Collectors.toMap(p -> p, p -> p + 3)))));
      assertThatThrownBy(
              () ->
                  model
                      .with(Interventions.of(losing))
                      .run(CORRUPT.slice(3, 11), Recording.nothing()))
          .isInstanceOf(InterventionException.class)
          .hasMessageContaining("every key that the pattern looks at");
    }
  }

  /// A sweep: one row for each cell, all in one pass.
  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aBatchOfPatchesIsThePatchesOneByOne(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run clean = model.run(CLEAN, Recording.of(HookPoint.RESID_PRE))) {
      Interventions[] cells =
          IntStream.range(0, 3)
              .mapToObj(HookPoint.RESID_PRE::at)
              .flatMap(
                  place ->
                      IntStream.range(0, CLEAN.size())
                          .mapToObj(
                              position ->
                                  Interventions.of(
                                      patch(place, clean.rows(place))
                                          .at(new Where.At(List.of(position))))))
              .toArray(Interventions[]::new);
      try (RunBatch swept = model.run(Rows.of(CORRUPT, cells), Recording.nothing())) {
        for (int cell = 0; cell < cells.length; cell++) {
          try (Run alone = model.with(cells[cell]).run(CORRUPT, Recording.nothing())) {
            assertClose(swept.row(cell).last().toFloats(), alone.last().toFloats(), ROUNDING);
          }
        }
      }
    }
  }

  @Test
  void aPatchedPromptIsContinuedAsWithoutACache() {
    HookName place = HookPoint.RESID_POST.at(1);
    try (LanguageModel bare = GoldenModel.LLAMA.open();
        Run clean = bare.run(CLEAN, at(place))) {
      LanguageModel model =
          bare.with(Interventions.of(patch(place, clean.rows(place)).at(new Where.From(5))));
      TokenIds soFar = CORRUPT;
      for (var step : model.generator().generate(CORRUPT, Decoding.greedy(5)).tokens()) {
        try (Run run = model.run(soFar, Recording.nothing())) {
          assertThat(step.id()).isEqualTo(run.logits(-1).best());
        }
        soFar = soFar.plus(step.id());
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    HookName z = HookPoint.Z.at(1);
    try (LanguageModel model = GoldenModel.GPT2.open();
        LanguageModel other = GoldenModel.GEMMA2.open();
        Run run = model.run(CLEAN, Recording.of(HookPoint.Z, HookPoint.MLP_POST).at(2, 3));
        Run wider = other.run(CLEAN, at(z))) {
      refused(model, patch(HookPoint.Z.at(0), run.rows(z)), "rows recorded at blocks.0");
      refused(model, patch(z, wider.rows(z)), "rows of shape [head, d_head]");
      Intervention missing = patch(z, run.rows(z)).at(new Where.At(List.of(3, 4)));
      assertThatThrownBy(
              () -> model.with(Interventions.of(missing)).run(CORRUPT, Recording.nothing()))
          .isInstanceOf(InterventionException.class)
          .hasMessageContaining("a row of the other run for position 4")
          .hasMessageContaining("[2, 3]");
      assertThatThrownBy(() -> new Target.Head(HookPoint.MLP_POST.at(0), 1))
          .hasMessageContaining("a hook point with heads");
      refused(
          model,
          Intervention.patch(new Target.Head(z, /* index= */ 4), run.rows(z)),
          "a head from 0 to 3, got 4");
    }
  }

  private static void refused(LanguageModel model, Intervention intervention, String part) {
    assertThatThrownBy(() -> model.with(Interventions.of(intervention)))
        .isInstanceOf(InterventionException.class)
        .hasMessageContaining(part);
  }
}
