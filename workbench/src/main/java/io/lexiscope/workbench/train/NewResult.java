package io.lexiscope.workbench.train;

import io.lexiscope.workbench.ask.Result;

/// A model with random weights.
///
/// @param written its folder
/// @param family architecture family, such as `gpt2`
/// @param parameters number of parameters
/// @param bytes size of the weight file
/// @param seed of the random numbers
/// @param dtype type of the stored weights
public record NewResult(
    String written, String family, long parameters, long bytes, long seed, String dtype)
    implements Result {
  @Override
  public String method() {
    return "A network of this shape with random weights: it has learned nothing, and its readings"
        + " show what chance looks like.";
  }
}
