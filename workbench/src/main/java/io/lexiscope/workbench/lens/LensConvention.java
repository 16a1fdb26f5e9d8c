package io.lexiscope.workbench.lens;

/// How a vector becomes logits.
public enum LensConvention {
  /// Through the model's final norm with the vector's own scale, then the unembedding.
  FINAL_NORM("final norm, the vector's own scale, then the unembedding"),
  /// Through the unembedding alone.
  RAW("the unembedding alone, no norm"),
  /// Through the final norm with the scale it had in this pass at this position, then the
  /// unembedding: linear in the vector.
  FROZEN_SCALE("final norm with the scale of this pass, then the unembedding");

  private final String description;

  LensConvention(String description) {
    this.description = description;
  }

  /// One line that says how the logits are formed.
  public String description() {
    return description;
  }
}
