package io.lexiscope.train.task;

import io.lexiscope.base.Seeded;

/// Assigns a piece of content to a side of the split by its 64-bit hash, so that equal content
/// always lands on the same side whatever the seed or the order of the draws.
///
/// @param validationPercent share of all contents that is held out, 1–99
public record ContentSplit(int validationPercent) {
  public ContentSplit {
    if (validationPercent < 1 || validationPercent > 99) {
      throw new IllegalArgumentException(
          "ContentSplit: expected a validation share of 1 to 99 percent, got " + validationPercent);
    }
  }

  /// Returns the side on which this content lies.
  public Split of(String content) {
    return Long.remainderUnsigned(Seeded.hash(content), 100) < validationPercent
        ? Split.VALIDATION
        : Split.TRAIN;
  }
}
