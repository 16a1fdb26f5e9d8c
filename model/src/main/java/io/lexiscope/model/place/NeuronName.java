package io.lexiscope.model.place;

import io.lexiscope.model.config.Architecture;

/// One neuron of one layer.
///
/// @param layer from 0
/// @param index from 0
public record NeuronName(int layer, int index) implements VectorName {
  /// Reads a neuron in every spelling of [Place], and a pair such as `3.812`.
  ///
  /// @throws PlaceException if it reads as none
  /// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022</a>, whose ids count from 1
  public static NeuronName parse(String name) {
    return PlaceText.of(
        PlaceKind.NEURON,
        NeuronName.class,
        pair -> new NeuronName(PlaceText.number(pair, 1), PlaceText.number(pair, 2)),
        name);
  }

  /// Checks that a network has this neuron.
  ///
  /// @throws PlaceException if it has not
  public NeuronName requireIn(Architecture architecture) {
    int layers = architecture.layers();
    int neurons = architecture.dimensions().dMlp();
    if (layer < 0 || layer >= layers || index < 0 || index >= neurons) {
      throw new PlaceException(
          PlaceKind.NEURON, "L0N0 to " + new NeuronName(layers - 1, neurons - 1), toString());
    }
    return this;
  }

  @Override
  public HookName at() {
    return HookPoint.MLP_POST.at(layer);
  }

  @Override
  public PlaceKind kind() {
    return PlaceKind.NEURON;
  }

  @Override
  public String toString() {
    return "L" + layer + "N" + index;
  }
}
