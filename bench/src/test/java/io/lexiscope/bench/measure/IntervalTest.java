package io.lexiscope.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Interval.of(4, 1, 3, 2).median()).isEqualTo(2.5);
    assertThat(Interval.of(9, 1, 5).median()).isEqualTo(5);
  }

  @Test
  void tenMeasurementsLeaveOneOutAtEachEnd() {
    Interval ten = Interval.of(IntStream.rangeClosed(1, 10).asDoubleStream().toArray());

    assertThat(ten).isEqualTo(new Interval(5.5, 2, 9, 10));
  }

  @Test
  void fewMeasurementsLeaveNothingOut() {
    assertThat(Interval.of(3, 1, 2, 5, 4)).isEqualTo(new Interval(3, 1, 5, 5));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 9, 10, 15, 20, 31, 64, 100})
  void theIntervalIsTheNarrowestThatMissesTheMedianInAtMostFiveOfAHundred(int n) {
    Interval interval = Interval.of(IntStream.range(0, n).asDoubleStream().toArray());
    int left = (int) interval.low();

    assertThat(missesInTenThousand(n, left)).isLessThanOrEqualTo(500);
    assertThat(missesInTenThousand(n, left + 1)).isGreaterThan(500);
    assertThat(interval.high()).isEqualTo(n - 1 - left);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(Interval::of).hasMessage("Interval: expected measurements, got none");
  }

  /// 10,000 times the chance that the median lies outside when so many are left out at each end, by
  /// exact sums of binomial coefficients.
  private static double missesInTenThousand(int n, int left) {
    BigInteger sum = BigInteger.ZERO;
    for (int k = 0; k <= left; k++) {
      BigInteger coefficient = BigInteger.ONE;
      for (int i = 0; i < k; i++) {
        coefficient =
            coefficient.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1L));
      }
      sum = sum.add(coefficient);
    }
    return sum.multiply(BigInteger.valueOf(20_000_000_000L))
            .divide(BigInteger.TWO.pow(n))
            .doubleValue()
        / 1_000_000;
  }
}
