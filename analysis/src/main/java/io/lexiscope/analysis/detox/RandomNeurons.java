package io.lexiscope.analysis.detox;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.intervene.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Draws the control: as many neurons of each layer as were chosen there, none of the chosen.
public final class RandomNeurons {
  private RandomNeurons() {}

  /// One draw.
  ///
  /// @param chosen different neurons of the model, fewer than half of any layer
  /// @param seed the same seed gives the same draw
  /// @throws DetoxException if a layer has too few others
  public static List<Target.Neuron> like(
      List<Target.Neuron> chosen, Architecture architecture, long seed) {
    int neurons = architecture.dimensions().dMlp();
    RandomGenerator random = Seeded.SPLIT_MIX.from(seed);
    Set<Target.Neuron> taken = new LinkedHashSet<>(chosen);
    for (Target.Neuron one : chosen) {
      long inLayer = chosen.stream().filter(other -> other.layer() == one.layer()).count();
      if (2 * inLayer > neurons) {
        throw new DetoxException(
            "neurons",
            "detox: expected at most half of the %d neurons of layer %d, got %d; choose fewer"
                .formatted(neurons, one.layer(), inLayer));
      }
      while (!taken.add(new Target.Neuron(one.layer(), random.nextInt(neurons)))) {
        // Drawn before: draw again.
      }
    }
    return taken.stream().skip(new LinkedHashSet<>(chosen).size()).toList();
  }
}
