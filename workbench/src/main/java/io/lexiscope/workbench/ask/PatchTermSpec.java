package io.lexiscope.workbench.ask;

import java.util.List;

/// A change of rank one.
///
/// @param input what the matrix's input is compared with, d_in numbers
/// @param output what is added as far as they agree, d_out numbers
public record PatchTermSpec(List<Double> input, List<Double> output) {
  /// Copies the lists.
  public PatchTermSpec {
    input = List.copyOf(input);
    output = List.copyOf(output);
  }
}
