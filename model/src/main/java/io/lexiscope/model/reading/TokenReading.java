package io.lexiscope.model.reading;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One word of a vocabulary reading.
///
/// @param id index into the vocabulary
/// @param text what the token decodes to
/// @param probability softmax probability over the whole vocabulary, 0 to 1
/// @param logit the score before the softmax; less the mean over the vocabulary where the reading's
///   baseline is the mean
/// @param z the word score: `(U_w − Ū)·v` in standard deviations of what a random vector as long as
///   v gives the word; absent where the head is not linear, or nothing has a length
/// @param special whether the token stands for something other than text; absent when it does not
/// @param underTrained whether training hardly touched it; absent when it did
public record TokenReading(
    int id,
    String text,
    double probability,
    double logit,
    @Nullable Double z,
    @Nullable Boolean special,
    @Nullable Boolean underTrained) {

  /// A word of which no more is known.
  public TokenReading(int id, String text, double probability, double logit) {
    this(
        id, text, probability, logit, /* z= */ null, /* special= */ null, /* underTrained= */ null);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.2f", text, probability);
  }
}
