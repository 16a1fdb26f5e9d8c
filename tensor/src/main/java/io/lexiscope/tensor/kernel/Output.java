package io.lexiscope.tensor.kernel;

/// Where the outputs of a product go.
///
/// @param address of [rows, out] floats
/// @param finish what is done with them there
public record Output(long address, Finish finish) {
  /// The same from an element on.
  Output from(long element) {
    long onto = finish.onto() == 0 ? 0 : finish.onto() + 4 * element;
    return new Output(address + 4 * element, new Finish(finish.activation(), onto));
  }
}
