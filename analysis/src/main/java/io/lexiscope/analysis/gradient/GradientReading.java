package io.lexiscope.analysis.gradient;

/// How a vector becomes words.
public enum GradientReading {
  /// Through the gain and the centring of the final norm, without its scale and without biases:
  /// what the vector adds to the logits, against the mean word. The order of words does not depend
  /// on its length.
  LINEAR("gain of the final norm, without scale and biases, then the unembedding"),
  /// Through the whole final norm, after the vector was brought to length 1.
  NORMALISED("length 1, the whole final norm, then the unembedding"),
  /// Through the whole final norm, as published: a vector shorter than √(d·ε) reads as the norm's
  /// bias.
  RAW("the whole final norm, then the unembedding");

  private final String description;

  GradientReading(String description) {
    this.description = description;
  }

  /// What is done, in words.
  public String description() {
    return description;
  }
}
