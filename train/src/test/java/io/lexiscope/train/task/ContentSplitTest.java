package io.lexiscope.train.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContentSplitTest {
  @Test
  void holdsOutTheShareItWasAskedFor() {
    var split = new ContentSplit(/* validationPercent= */ 25);
    int heldOut = 0;

    for (int i = 0; i < 40_000; i++) {
      heldOut += split.of("pair " + i) == Split.VALIDATION ? 1 : 0;
    }

    assertThat(heldOut).isBetween(9_600, 10_400);
  }

  @Test
  void refusesASplitWithoutTwoSides() {
    assertThatThrownBy(() -> new ContentSplit(100))
        .hasMessageContaining("expected a validation share of 1 to 99 percent, got 100");
  }
}
