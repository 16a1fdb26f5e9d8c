package io.lexiscope.workbench.search;

import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;

/// An index, there or built.
///
/// @param model the model
/// @param index the index
/// @param folder where it is
/// @param seconds it took
/// @param gigaflops of the products with the vocabulary, by all of the time the build took; 0 where
///   nothing was built
/// @param provenance of what
public record IndexResult(
    String model,
    IndexView index,
    String folder,
    double seconds,
    double gigaflops,
    Provenance provenance)
    implements Result {
  @Override
  public String method() {
    return "Vectors as they stand in the weights; what a prompt makes of them is not in the index.";
  }
}
