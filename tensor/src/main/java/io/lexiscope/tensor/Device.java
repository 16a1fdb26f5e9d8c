package io.lexiscope.tensor;

/// Where a tensor's numbers are kept and computed with.
public enum Device {
  /// The processor and its memory.
  CPU("cpu"),
  /// The first GPU that CUDA finds. Needs a build with the CUDA libraries.
  CUDA("cuda");

  private final String label;

  Device(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
