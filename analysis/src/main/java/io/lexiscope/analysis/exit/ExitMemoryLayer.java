package io.lexiscope.analysis.exit;

import java.util.List;

/// The examples remembered at one layer, by saturation layer.
///
/// @param examples each with the layer it saturated at
public record ExitMemoryLayer(List<ExitMemoryExample> examples) {
  /// Copies the list.
  public ExitMemoryLayer {
    examples = List.copyOf(examples);
  }
}
