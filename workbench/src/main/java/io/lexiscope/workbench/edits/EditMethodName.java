package io.lexiscope.workbench.edits;

/// How an edit is made.
public enum EditMethodName {
  /// Forward-pass shift: `W_out += η·x_nᵀ·D[target]`.
  SHIFT(/* linear= */ true),
  /// One gradient step on all or some matrices of a layer.
  GRADIENT(/* linear= */ true),
  /// One gradient step on the matrices into the neurons alone.
  IMPRINT_ONLY(/* linear= */ true),
  /// One gradient step on the matrix out of the neurons alone.
  SHIFT_ONLY(/* linear= */ true),
  /// ROME.
  ROME(/* linear= */ false),
  /// MEMIT.
  MEMIT(/* linear= */ false),
  /// AlphaEdit.
  ALPHA_EDIT(/* linear= */ false),
  /// Gradient descent on one layer's `W_out`.
  FINE_TUNING(/* linear= */ false);

  private final boolean linear;

  EditMethodName(boolean linear) {
    this.linear = linear;
  }

  /// Whether its patch grows with a step.
  boolean linear() {
    return linear;
  }
}
