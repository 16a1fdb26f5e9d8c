package io.lexiscope.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.weights.StoredType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightLoaderTest {
  @ParameterizedTest
  @CsvSource({
    "BF16, 32, 2, true",
    "BF16, 33, 2, false",
    "BF16, 999, 1, true",
    "F16, 256, 2, true",
    "F16, 257, 2, false",
    "F16, 999, 1, true",
    "F32, 1, 2, false",
  })
  void matricesOfLargeModelsStayInHalfPrecisionAndVectorsDoNot(
      StoredType type, long mebibytes, int axes, boolean widened) {
    assertThat(WeightLoader.widens(type, mebibytes << 20, axes)).isEqualTo(widened);
  }
}
