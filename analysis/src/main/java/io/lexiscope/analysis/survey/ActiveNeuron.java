package io.lexiscope.analysis.survey;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// A neuron that is among the most active of its layer in nearly all prompts.
///
/// @param layer from 0
/// @param neuron from 0
/// @param share of the prompts in which it is, with its 95 % interval
/// @param vector its value vector beside those of its layer
/// @param top the leading words of the value vector
public record ActiveNeuron(
    int layer, int neuron, Estimate share, ActiveVector vector, List<TokenReading> top) {
  /// Copies the list.
  public ActiveNeuron {
    top = List.copyOf(top);
  }
}
