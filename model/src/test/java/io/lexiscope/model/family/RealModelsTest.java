package io.lexiscope.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.weights.Checkpoint;
import io.lexiscope.tensor.testing.Assets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealModelsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "babyllama-tok105",
        "inversionview-addition",
        "inversionview-counting",
        "stories260k",
        "tinystories-656k"
      })
  void everyWeightOfARealModelHasItsPlace(String name) {
    var folder = Assets.require("models/" + name);
    var config = Families.read(ModelSource.of(folder));

    try (var checkpoint = Checkpoint.open(folder)) {
      var bound = WeightBinder.bind(config.architecture(), config.family().names(), checkpoint);

      assertThat(bound.unused()).isEmpty();
      assertThat(bound.parameters()).isEqualTo(checkpoint.bytes() / Float.BYTES);
    }
  }
}
