package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateTest {
  /// Newcombe 1998, table I: 81 of 263 and 0 of 20.
  @Test
  void aProportionHasTheScoreIntervalOfTheTables() {
    Estimate common = Estimate.proportion(81, 263);

    assertThat(tenThousandths(common.value())).isEqualTo(3080);
    assertThat(tenThousandths(common.low())).isEqualTo(2553);
    assertThat(tenThousandths(common.high())).isEqualTo(3662);
    assertThat(Estimate.proportion(0, 20).low()).isZero();
    assertThat(tenThousandths(Estimate.proportion(0, 20).high())).isEqualTo(1611);
    assertThat(Estimate.proportion(20, 20).high()).isEqualTo(1);
    assertThat(tenThousandths(Estimate.proportion(20, 20).low())).isEqualTo(8389);
  }

  @Test
  void aMeanLiesInTheMiddleOfItsInterval() {
    assertThat(Estimate.mean(4, 4, 4)).isEqualTo(new Estimate(4, 4, 4, 3));
    Estimate mean = Estimate.mean(1, 2, 3, 4);

    assertThat(mean.value()).isEqualTo(2.5);
    // 2.5 ± 1.959964 · √(5/3 ÷ 4)
    assertThat(tenThousandths(mean.low())).isEqualTo(12348);
    assertThat(tenThousandths(mean.high())).isEqualTo(37652);
  }

  @Test
  void nothingHasNoEstimate() {
    assertThat(Estimate.mean().value()).isNaN();
    assertThat(Estimate.median().value()).isNaN();
    assertThat(Estimate.proportion(0, 0).low()).isNaN();
    assertThat(Estimate.mean(3).low()).isNaN();
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Estimate.median(4, 1, 3, 2).value()).isEqualTo(2.5);
    assertThat(Estimate.median(9, 1, 5).value()).isEqualTo(5);
  }

  @Test
  void tenNumbersLeaveOneOutAtEachEnd() {
    Estimate ten = Estimate.median(IntStream.rangeClosed(1, 10).asDoubleStream().toArray());

    assertThat(ten).isEqualTo(new Estimate(5.5, 2, 9, 10));
  }

  @Test
  void fewNumbersLeaveNothingOut() {
    assertThat(Estimate.median(3, 1, 2, 5, 4)).isEqualTo(new Estimate(3, 1, 5, 5));
  }

  /// Of 3000 numbers the chance of the smallest sum, 2⁻³⁰⁰⁰, is no double any more.
  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 9, 10, 15, 20, 31, 64, 100, 3000})
  void theIntervalIsTheNarrowestThatMissesTheMedianInAtMostFiveOfAHundred(int n) {
    Estimate median = Estimate.median(IntStream.range(0, n).asDoubleStream().toArray());
    int left = (int) median.low();

    assertThat(missesInTenThousand(n, left)).isLessThanOrEqualTo(500);
    assertThat(missesInTenThousand(n, left + 1)).isGreaterThan(500);
    assertThat(median.high()).isEqualTo(n - 1 - left);
  }

  /// Fisher's transform of a correlation of 0.9 of 103: 1.4722 ± 1.959964 ÷ 10.
  @Test
  void aDeterminationHasFishersInterval() {
    Estimate determination = Estimate.determination(0.81, 103);

    assertThat(tenThousandths(Math.sqrt(determination.low()))).isEqualTo(8555);
    assertThat(tenThousandths(Math.sqrt(determination.high()))).isEqualTo(9313);
    assertThat(Estimate.determination(-0.5, 1000)).isEqualTo(new Estimate(-0.5, -0.5, -0.5, 1000));
  }

  @Test
  void aQuantileLiesBetweenItsNeighbours() {
    double[] sorted = {0, 10, 20, 40};

    assertThat(Estimate.quantile(sorted, 0)).isEqualTo(0);
    assertThat(Estimate.quantile(sorted, 0.5)).isEqualTo(15);
    assertThat(Estimate.quantile(sorted, 0.75)).isEqualTo(25);
    assertThat(Estimate.quantile(sorted, 1)).isEqualTo(40);
  }

  private static long tenThousandths(double value) {
    return Math.round(value * 10_000);
  }

  /// 10,000 times the chance that the median lies outside when so many are left out at each end, by
  /// exact sums of binomial coefficients.
  private static double missesInTenThousand(int n, int left) {
    BigInteger sum = BigInteger.ZERO;
    BigInteger coefficient = BigInteger.ONE;
    for (int k = 0; k <= left; k++) {
      sum = sum.add(coefficient);
      coefficient =
          coefficient.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1L));
    }
    return sum.multiply(BigInteger.valueOf(20_000_000_000L))
            .divide(BigInteger.TWO.pow(n))
            .doubleValue()
        / 1_000_000;
  }
}
