package io.lexiscope.tensor;

/// What the products of inference go through at a moment, for provenance: numbers of kernels and of
/// libtorch differ in their last digits.
public enum KernelState {
  /// The kernels are switched off; libtorch does everything.
  OFF("off"),
  /// This Java has no vectors, or they do not work; libtorch does everything.
  UNAVAILABLE("unavailable"),
  /// The kernels are switched on but not warm yet; libtorch has done everything so far.
  WAITING("waiting"),
  /// The kernels do what they can; what came before they were warm went through libtorch.
  IN_USE("in use");

  private final String text;

  KernelState(String text) {
    this.text = text;
  }

  /// The name in results: `off`, `unavailable`, `waiting` or `in use`.
  @Override
  public String toString() {
    return text;
  }
}
