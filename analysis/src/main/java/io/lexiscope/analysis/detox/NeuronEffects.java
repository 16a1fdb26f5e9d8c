package io.lexiscope.analysis.detox;

import io.lexiscope.model.intervene.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// By how much setting each neuron's coefficient is estimated to change a quantity, to first order.
public final class NeuronEffects {
  private final double[][] byLayer;
  private final int[][] signs;

  /// @param signs the way each neuron is turned, 1 or −1
  NeuronEffects(double[][] byLayer, int[][] signs) {
    this.byLayer = byLayer;
    this.signs = signs;
  }

  /// A neuron and its effect.
  ///
  /// @param neuron which
  /// @param effect estimated change of the quantity
  /// @param sign the way it is turned from its mean, 1 up or −1 down; 1 where it is set to a number
  public record Effect(Target.Neuron neuron, double effect, int sign) {}

  /// The estimated change by a neuron.
  ///
  /// @param layer from 0
  /// @param index from 0
  public double of(int layer, int index) {
    return byLayer[layer][index];
  }

  /// The neurons that lower the quantity most, most negative first, ties by layer and index.
  public List<Effect> mostLowering(int count) {
    List<Effect> all = new ArrayList<>();
    for (int layer = 0; layer < byLayer.length; layer++) {
      for (int index = 0; index < byLayer[layer].length; index++) {
        all.add(
            new Effect(
                new Target.Neuron(layer, index), byLayer[layer][index], signs[layer][index]));
      }
    }
    all.sort(Comparator.comparingDouble(Effect::effect));
    return List.copyOf(all.subList(0, Math.min(count, all.size())));
  }
}
