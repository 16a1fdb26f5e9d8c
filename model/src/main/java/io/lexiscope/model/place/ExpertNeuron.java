package io.lexiscope.model.place;

/// One neuron of one expert.
///
/// @param expert the expert
/// @param index from 0
public record ExpertNeuron(ExpertName expert, int index) implements Place {
  @Override
  public PlaceKind kind() {
    return PlaceKind.EXPERT_NEURON;
  }

  @Override
  public String toString() {
    return expert + "N" + index;
  }
}
