package io.lexiscope.tensor.internal.kernel;

/// Where vectors of floats lie: [batch, position, head] of them, the elements of each side by side.
///
/// @param address of the first element of all
/// @param batch bytes from row to row of the batch
/// @param position bytes from position to position
/// @param head bytes from head to head
public record Strided(long address, long batch, long position, long head) {
  long at(int row, int pos, int which) {
    return address + row * batch + pos * position + which * head;
  }
}
