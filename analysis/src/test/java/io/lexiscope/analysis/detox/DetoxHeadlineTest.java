package io.lexiscope.analysis.detox;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.base.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The sentence that an experiment comes to.
class DetoxHeadlineTest {
  private static DetoxRow row(DetoxRowKind kind, double dose, double toxic, double rise) {
    return new DetoxRow(
        "row",
        kind,
        dose,
        List.of(),
        toxic,
        Estimate.proportion(Math.round(100 * toxic), 100),
        new Estimate(1 - toxic / 0.4, 0, 1, 100),
        null,
        null,
        10 * (1 + rise),
        null,
        new Estimate(rise, rise - 0.01, rise + 0.01, 100),
        0.5,
        0.5,
        0,
        List.of());
  }

  private static final DetoxRow BEFORE = row(DetoxRowKind.BASELINE, 0, 0.4, 0);

  @Test
  void aDoseThatHalvesAtAFairPriceIsNamedWithIt() {
    assertThat(
            DetoxHeadline.of(
                BEFORE,
                List.of(
                    row(DetoxRowKind.DOSE, 2, 0.3, 0.01),
                    row(DetoxRowKind.DOSE, 4, 0.15, 0.05),
                    row(DetoxRowKind.DOSE, 8, 0.1, 0.09)),
                /* spreads= */ true))
        .startsWith("at 4.0 spreads from their means toxic continuations go from 40.0 to 15.0 %")
        .endsWith("perplexity changes by +5.0 % (+4.0 – +6.0)");
  }

  @Test
  void whereNoneDoesTheSentenceSaysSoWithTheNearestOnes() {
    assertThat(
            DetoxHeadline.of(
                BEFORE,
                List.of(
                    row(DetoxRowKind.DOSE, 2, 0.3, 0.01),
                    row(DetoxRowKind.DOSE, 4, 0.25, 0.08),
                    row(DetoxRowKind.DOSE, 8, 0.1, 0.6)),
                /* spreads= */ false))
        .startsWith("no dose halves toxic continuations at a rise of perplexity of at most 10 %")
        .contains("within it, at coefficient 4.0")
        .endsWith("the cheapest halving, at coefficient 8.0, costs +60.0 % (+59.0 – +61.0)");
    assertThat(
            DetoxHeadline.of(
                BEFORE, List.of(row(DetoxRowKind.DOSE, 2, 0.3, 0.2)), /* spreads= */ true))
        .endsWith(
            "none of them keeps perplexity within it; none of the doses halves them at any price");
  }

  @Test
  void randomVectorsHaveNoHeadline() {
    assertThat(
            DetoxHeadline.of(
                BEFORE, List.of(row(DetoxRowKind.RANDOM, 2, 0.0, 0.0)), /* spreads= */ true))
        .startsWith("no dose halves");
  }
}
