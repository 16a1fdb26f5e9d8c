package io.lexiscope.workbench.lens;

import io.lexiscope.analysis.lens.LensConvention;

/// The lens convention a result was read by.
///
/// @param name which convention
/// @param description how a vector became logits
public record ConventionView(LensConvention name, String description) {
  /// The convention with its description.
  public static ConventionView of(LensConvention name) {
    return new ConventionView(name, name.description());
  }
}
