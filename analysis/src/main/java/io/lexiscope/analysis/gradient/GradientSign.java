package io.lexiscope.analysis.gradient;

/// Which way vectors that came back are read.
public enum GradientSign {
  /// −δ: what an update moves towards.
  DESCENT(-1),
  /// δ: where the loss grows.
  RAW(1);

  private final int factor;

  GradientSign(int factor) {
    this.factor = factor;
  }

  /// The factor on δ, −1 or 1.
  public int factor() {
    return factor;
  }
}
