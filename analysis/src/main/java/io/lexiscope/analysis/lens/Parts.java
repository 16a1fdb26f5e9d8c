package io.lexiscope.analysis.lens;

import java.util.List;

/// Which heads of a hook point with heads, or which neurons of one with neurons, are read. Of no
/// effect at the other points.
public sealed interface Parts {

  /// Every one by itself. Refused for neurons, of which there are thousands in each layer.
  record All() implements Parts {}

  /// These, each by itself.
  ///
  /// @param indices from 0
  record Each(List<Integer> indices) implements Parts {
    /// Copies the list and checks it.
    ///
    /// @throws LensException if it is empty
    public Each {
      indices = List.copyOf(indices);
      requireSome(indices);
    }
  }

  /// The sum of these.
  ///
  /// @param indices from 0
  record SumOf(List<Integer> indices) implements Parts {
    /// Copies the list and checks it.
    ///
    /// @throws LensException if it is empty
    public SumOf {
      indices = List.copyOf(indices);
      requireSome(indices);
    }
  }

  private static void requireSome(List<Integer> indices) {
    if (indices.isEmpty()) {
      throw new LensException("lens: expected at least one head or neuron, got an empty list");
    }
  }
}
