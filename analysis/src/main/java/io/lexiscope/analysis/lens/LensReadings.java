package io.lexiscope.analysis.lens;

import java.util.List;

/// Readings and how they were taken.
///
/// @param convention how vectors became logits
/// @param list in the order of the selection's places, then position, then head or neuron
public record LensReadings(LensConvention convention, List<LensReading> list) {

  /// Copies the list.
  public LensReadings {
    list = List.copyOf(list);
  }
}
