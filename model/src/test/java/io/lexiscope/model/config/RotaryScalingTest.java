package io.lexiscope.model.config;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/// Against the formulas of the publications in double precision.
class RotaryScalingTest {
  private static final double THETA = 500_000;
  private static final int DIMENSIONS = 32;
  private static final Tolerance FLOAT = new Tolerance(/* absolute= */ 0, /* relative= */ 3e-7);

  @Test
  void unscaledAnglesAreAGeometricSeries() {
    expect(new RotaryScaling.None(), /* sequence= */ 9, RotaryScalingTest::plain);
  }

  @Test
  void linearScalingDividesEveryAngle() {
    expect(new RotaryScaling.Linear(8), /* sequence= */ 9, i -> plain(i) / 8);
  }

  @Test
  void dynamicScalingChangesNothingUntilTheContextIsFull() {
    var scaling = new RotaryScaling.DynamicNtk(4, /* context= */ 64);

    expect(scaling, /* sequence= */ 64, RotaryScalingTest::plain);
    double base = THETA * Math.pow(4 * 100 / 64.0 - 3, 32 / 30.0);
    expect(scaling, /* sequence= */ 100, i -> Math.pow(base, -2.0 * i / DIMENSIONS));
  }

  @Test
  void llama3KeepsShortWavesDividesLongOnesAndBlendsBetween() {
    var scaling = new RotaryScaling.Llama3(8, 1, 4, /* context= */ 8192);
    int[] kinds = new int[3];

    expect(
        scaling,
        /* sequence= */ 9,
        i -> {
          double wave = 2 * Math.PI / plain(i);
          if (wave < 8192 / 4.0) {
            kinds[0]++;
            return plain(i);
          }
          if (wave > 8192) {
            kinds[1]++;
            return plain(i) / 8;
          }
          kinds[2]++;
          double smooth = (8192 / wave - 1) / (4 - 1);
          return (1 - smooth) * plain(i) / 8 + smooth * plain(i);
        },
        // The blend multiplies the rounding of a difference of close numbers.
        new Tolerance(/* absolute= */ 0, /* relative= */ 3e-6));
    assertThat(kinds).doesNotContain(0);
  }

  @Test
  void longRopeTakesTheLongListOnlyBeyondTheTrainedContext() {
    var shorter =
        List.of(1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0);
    var longer = shorter.stream().map(x -> x * 3).toList();
    var scaling = new RotaryScaling.LongRope(shorter, longer, /* context= */ 64, 1.25);

    expect(scaling, /* sequence= */ 64, i -> plain(i) / shorter.get(i));
    expect(scaling, /* sequence= */ 65, i -> plain(i) / longer.get(i));
    assertThat(new RotaryFrequencies(THETA, scaling).attentionFactor(/* sequence= */ 9))
        .isEqualTo(1.25);
    assertThatThrownBy(() -> scaling.inverse(THETA, /* dimensions= */ 8, /* sequence= */ 9))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected 4 longrope factors");
  }

  @Test
  void yarnRampsFromShortWavesToLongOnes() {
    double low = Math.floor(32 * Math.log(4096 / (32 * 2 * Math.PI)) / (2 * Math.log(THETA)));
    double high = Math.ceil(32 * Math.log(4096 / (2 * Math.PI)) / (2 * Math.log(THETA)));

    expect(
        new RotaryScaling.Yarn(4, 32, 1, /* context= */ 4096, 1.1),
        /* sequence= */ 9,
        i -> {
          double ramp = Math.clamp((i - low) / (high - low), 0.0, 1.0);
          return plain(i) / 4 * ramp + plain(i) * (1 - ramp);
        });
    assertThat(high - low).isGreaterThan(2);
  }

  private static double plain(int pair) {
    return Math.pow(THETA, -2.0 * pair / DIMENSIONS);
  }

  private static void expect(RotaryScaling scaling, int sequence, IntToDoubleFunction expected) {
    expect(scaling, sequence, expected, FLOAT);
  }

  private static void expect(
      RotaryScaling scaling, int sequence, IntToDoubleFunction expected, Tolerance tolerance) {
    var wanted = new float[DIMENSIONS / 2];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (float) expected.applyAsDouble(i);
    }
    assertClose(
        new RotaryFrequencies(THETA, scaling).inverse(DIMENSIONS, sequence), wanted, tolerance);
  }
}
