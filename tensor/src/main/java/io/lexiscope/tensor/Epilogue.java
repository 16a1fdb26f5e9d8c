package io.lexiscope.tensor;

import io.lexiscope.tensor.option.NonLinearity;

/// What is done with the outputs of a linear map before anything else reads them. Gives the very
/// numbers that the same operation gives afterwards.
public sealed interface Epilogue {
  /// Nothing.
  record None() implements Epilogue {}

  /// A non-linearity.
  ///
  /// @param function which
  record Activation(NonLinearity function) implements Epilogue {}

  /// The outputs are added to something.
  ///
  /// @param onto of the shape of the outputs; not modified
  record Addition(Tensor onto) implements Epilogue {}
}
