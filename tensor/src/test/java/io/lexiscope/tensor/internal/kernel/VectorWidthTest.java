package io.lexiscope.tensor.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The build runs the kernels' tests once more for each narrower vector that this processor can be
/// told to prefer; here it is seen that they are really narrower.
class VectorWidthTest {
  /// Set by those runs.
  private static final String BITS = "lexiscope.vector.bits";

  @Test
  void vectorsAreAsWideAsThisRunIsToTest() {
    assertThat(new Kernels().available()).isTrue();

    int bits = 32 * Lanes.COUNT;

    assertThat(bits).isEqualTo(Integer.getInteger(BITS, bits));
    assertThat(Lanes.MANY_REGISTERS).isEqualTo(bits != 256);
  }
}
