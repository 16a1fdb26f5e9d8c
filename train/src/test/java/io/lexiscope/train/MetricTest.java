package io.lexiscope.train;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.testing.Tolerance;
import org.junit.jupiter.api.Test;

class MetricTest {

  /// Newcombe 1998, table I: 81 of 263 and 0 of 20.
  @Test
  void sharesHaveTheScoreIntervalOfTheTables() {
    Metric common = Metric.share("a", 81, 263);
    Metric none = Metric.share("b", 0, 20);

    assertClose(common.low(), 0.2553, Tolerance.within(5e-5));
    assertClose(common.high(), 0.3662, Tolerance.within(5e-5));
    assertClose(none.low(), 0, Tolerance.exact());
    assertClose(none.high(), 0.1611, Tolerance.within(5e-5));
  }

  @Test
  void aDeterminationLiesInsideItsInterval() {
    Metric metric = Metric.determination("r2", 0.99, 1000);

    assertThat(metric.value()).isBetween(metric.low(), metric.high());
    assertThat(metric.high()).isLessThan(1);
    assertThat(metric.low()).isGreaterThan(0.98);
  }

  @Test
  void aDeterminationBelowZeroHasNoInterval() {
    Metric metric = Metric.determination("r2", -0.5, 1000);

    assertClose(metric.low(), -0.5, Tolerance.exact());
    assertClose(metric.high(), -0.5, Tolerance.exact());
  }
}
