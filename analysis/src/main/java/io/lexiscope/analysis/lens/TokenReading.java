package io.lexiscope.analysis.lens;

import java.util.Locale;

/// One word of a vocabulary reading.
///
/// @param id index into the vocabulary
/// @param text what the token decodes to
/// @param probability softmax probability over the whole vocabulary, 0 to 1
/// @param logit the score before the softmax
public record TokenReading(int id, String text, double probability, double logit) {
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.2f", text, probability);
  }
}
