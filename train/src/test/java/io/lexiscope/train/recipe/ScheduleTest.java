package io.lexiscope.train.recipe;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.testing.Tolerance;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static Schedule schedule(Schedule.Kind kind) {
    return new Schedule(kind, /* peak= */ 0.4, /* warmup= */ 10, /* floor= */ 0.1);
  }

  @Test
  void theWarmUpIsLinear() {
    assertClose(schedule(Schedule.Kind.COSINE).at(5, 100), 0.2, Tolerance.within(1e-12));
    assertClose(schedule(Schedule.Kind.CONSTANT).at(1, 100), 0.04, Tolerance.within(1e-12));
  }

  @Test
  void theCosineFallsFromThePeakThroughTheMiddleToTheFloor() {
    Schedule cosine = schedule(Schedule.Kind.COSINE);

    assertClose(cosine.at(10, 110), 0.4, Tolerance.within(1e-12));
    assertClose(cosine.at(60, 110), (0.4 + 0.04) / 2, Tolerance.within(1e-12));
    assertClose(cosine.at(110, 110), 0.04, Tolerance.within(1e-12));
  }

  @Test
  void theCooldownHoldsThePeakForThreeQuartersAndThenFallsLinearly() {
    Schedule cooldown = schedule(Schedule.Kind.COOLDOWN);

    assertClose(cooldown.at(75, 100), 0.4, Tolerance.within(1e-12));
    assertClose(cooldown.at(75, 1000), 0.4, Tolerance.within(1e-12));
    assertClose(cooldown.at(90, 100), 0.4 * (0.1 + 0.9 * 0.4), Tolerance.within(1e-12));
    assertClose(cooldown.at(100, 100), 0.04, Tolerance.within(1e-12));
  }

  @Test
  void aConstantScheduleStays() {
    assertClose(schedule(Schedule.Kind.CONSTANT).at(99, 100), 0.4, Tolerance.within(1e-12));
  }

  @Test
  void aScheduleWithoutAPeakIsRefused() {
    assertThatThrownBy(
            () ->
                new Schedule(Schedule.Kind.COSINE, /* peak= */ 0, /* warmup= */ 1, /* floor= */ 0))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("peak > 0");
  }
}
