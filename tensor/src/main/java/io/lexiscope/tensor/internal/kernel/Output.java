package io.lexiscope.tensor.internal.kernel;

/// Where the outputs of a product go.
///
/// @param address of [rows, out] floats
/// @param finish what is done with them there
public record Output(long address, Finish finish) {
  /// The same from an element on.
  Output from(long element) {
    return new Output(address + 4 * element, finish.from(element));
  }
}
