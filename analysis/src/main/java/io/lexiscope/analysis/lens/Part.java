package io.lexiscope.analysis.lens;

import java.util.List;

/// Which part of the value at a hook point was read.
public sealed interface Part {

  /// All of it.
  record Whole() implements Part {}

  /// One head's output through W_O, without bias and before any norm of the module's output.
  ///
  /// @param index from 0
  record Head(int index) implements Part {}

  /// One neuron's coefficient times its value vector (its row of W_out), before any norm of the
  /// module's output.
  ///
  /// @param index from 0
  record Neuron(int index) implements Part {}

  /// The sum of several heads' outputs.
  ///
  /// @param indices from 0
  record SumOfHeads(List<Integer> indices) implements Part {
    /// Copies the list.
    public SumOfHeads {
      indices = List.copyOf(indices);
    }
  }

  /// The sum of several neurons' contributions.
  ///
  /// @param indices from 0
  record SumOfNeurons(List<Integer> indices) implements Part {
    /// Copies the list.
    public SumOfNeurons {
      indices = List.copyOf(indices);
    }
  }
}
