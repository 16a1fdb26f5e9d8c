package io.lexiscope.train.task;

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
    return Long.remainderUnsigned(hash(content), 100) < validationPercent
        ? Split.VALIDATION
        : Split.TRAIN;
  }

  /// Returns a 64-bit hash of the text: FNV-1a over its UTF-16 units, finished by the mixer of
  /// SplitMix64 (Steele et al. 2014), so that low bits are as good as high ones.
  public static long hash(String content) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < content.length(); i++) {
      hash = (hash ^ content.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /// Returns the SplitMix64 finaliser of a 64-bit number.
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
