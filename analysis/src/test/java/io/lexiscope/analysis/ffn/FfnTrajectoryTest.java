package io.lexiscope.analysis.ffn;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FfnTrajectoryTest {
  private static final int DOG = 1;
  private static final int COW = 2;
  private static final int CAT = 3;

  private static FfnTrajectory.Step step(int before, int after, int rank) {
    return new FfnTrajectory.Step(before, after, rank);
  }

  private static FfnTrajectory of(FfnTrajectory.Step... steps) {
    return new FfnTrajectory(List.of(steps));
  }

  /// Table 3 of the paper: p = cow, cat, dog, goat, horse, bear becomes dog, cat, goat, horse, cow,
  /// bear. Checks 9 and 10.
  @Test
  void theExampleOfThePaperIsASaturationOfDogAndAnEliminationOfCow() {
    FfnTrajectory trajectory = of(step(COW, DOG, 5), step(DOG, DOG, 1), step(DOG, DOG, 1));

    assertThat(trajectory.answer()).isEqualTo(DOG);
    assertThat(trajectory.saturation()).isEqualTo(OptionalInt.of(0));
    assertThat(trajectory.saturationLayer()).isZero();
    assertThat(trajectory.elimination()).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void aWordThatLosesItsPlaceAgainHasNotSaturated() {
    FfnTrajectory trajectory =
        of(step(COW, DOG, 2), step(DOG, CAT, 2), step(CAT, DOG, 3), step(DOG, DOG, 1));

    assertThat(trajectory.saturation()).isEqualTo(OptionalInt.of(2));
    assertThat(trajectory.saturationLayer()).isEqualTo(2);
  }

  @Test
  void whatAttentionTakesBackBetweenTwoLayersCountsForTheEventAndNotForTheSaturationLayer() {
    FfnTrajectory trajectory = of(step(COW, DOG, 2), step(CAT, DOG, 2), step(DOG, DOG, 1));

    assertThat(trajectory.saturation()).isEqualTo(OptionalInt.of(1));
    assertThat(trajectory.saturationLayer()).isZero();
  }

  @Test
  void theLastLayersEventAndAttentionsAreNoSaturationEvents() {
    assertThat(of(step(COW, COW, 1), step(COW, DOG, 2)).saturation()).isEmpty();
    assertThat(of(step(COW, COW, 1), step(COW, DOG, 2)).saturationLayer()).isEqualTo(1);
    assertThat(of(step(COW, COW, 1), step(DOG, DOG, 1), step(DOG, DOG, 1)).saturation()).isEmpty();
    assertThat(of(step(DOG, DOG, 1), step(DOG, DOG, 1)).saturation()).isEmpty();
    assertThat(of(step(DOG, DOG, 1), step(DOG, DOG, 1)).saturationLayer()).isZero();
  }

  @Test
  void theDeepestFallIsTheEliminationAndTheFirstOfEqualOnes() {
    assertThat(of(step(COW, CAT, 2), step(CAT, DOG, 9), step(DOG, COW, 9)).elimination())
        .isEqualTo(OptionalInt.of(1));
    assertThat(of(step(COW, COW, 1), step(CAT, CAT, 1)).elimination()).isEmpty();
  }

  /// With tied embeddings the position's own token leads the first layers and falls deepest.
  @Test
  void thatThePositionsOwnTokenCeasesToReadAsItselfIsAnEliminationOnlyAsPublished() {
    FfnTrajectory trajectory = of(step(COW, CAT, 900), step(CAT, DOG, 3), step(DOG, DOG, 1));

    assertThat(trajectory.elimination()).isEqualTo(OptionalInt.of(0));
    assertThat(trajectory.elimination(COW)).isEqualTo(OptionalInt.of(1));
    assertThat(of(step(COW, DOG, 900), step(DOG, DOG, 1)).elimination(COW)).isEmpty();
  }

  @Test
  void eventsAreThoseOfABruteForceReadingOfEveryStream() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(Golden.GPT2.prompt(), FfnSubUpdates.recording(model))) {
      FfnTracer tracer = FfnTracer.of(run);
      for (int position = 0; position < run.length(); position++) {

        FfnTrajectory found = tracer.trajectory(position);

        for (int layer = 0; layer < model.architecture().layers(); layer++) {
          int[] before = ranked(model, run, HookPoint.RESID_MID.at(layer), position);
          int[] after = ranked(model, run, HookPoint.RESID_POST.at(layer), position);
          int rank = 1 + Arrays.stream(after).boxed().toList().indexOf(before[0]);
          assertThat(found.steps().get(layer)).isEqualTo(step(before[0], after[0], rank));
        }
      }
    }
  }

  private static int[] ranked(LanguageModel model, Run run, HookName at, int position) {
    Reference reference = new Reference(model);
    double[] x =
        Reference.row(
            Reference.doubles(run.activation(at)), position, model.architecture().dModel());
    return Reference.ranked(
        reference.logits(
            reference.normed(x, reference.scale(x), /* withBias= */ true), /* whole= */ true));
  }

  @Test
  void anEventNamesTheTenDominantSubUpdatesScoredForItsWord() {
    try (LanguageModel model = LanguageModel.open(Path.of("..", "models", "microworld"));
        Run run = model.run("The capital of Norway is", FfnSubUpdates.recording(model))) {
      FfnSubUpdates raw = FfnSubUpdates.of(run, LensConvention.RAW);

      List<FfnEvent> events = FfnTracer.of(run).events(run.length() - 1, raw);

      assertThat(events).isNotEmpty();
      for (FfnEvent event : events) {
        FfnAccount account =
            raw.toward(new LensTarget.Id(event.word())).layer(event.place().layer());
        assertThat(event.responsible()).isEqualTo(account.dominant(10));
        assertThat(event.scores().getMin()).isLessThanOrEqualTo(event.scores().getMax());
        if (event.kind() == FfnEventKind.SATURATION) {
          assertThat(event.ranks().before()).isGreaterThan(1);
          assertThat(event.ranks().after()).isEqualTo(1);
        } else {
          assertThat(event.ranks().before()).isEqualTo(1);
          assertThat(event.ranks().after()).isGreaterThan(1);
        }
      }
    }
  }
}
