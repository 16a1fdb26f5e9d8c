package io.lexiscope.index.query;

/// By what vectors are ranked for a word.
///
/// @param by which score
/// @param weaker whether vectors are hits too in whose own list the word stands beyond
///   [#OWN_WORDS]; of no effect by the raw score, which leaves none out
public record Ranking(By by, boolean weaker) {
  /// How far down a vector's own list a word may stand for the vector to be a hit.
  public static final int OWN_WORDS = 300;

  /// The vector score, without weaker vectors.
  public static final Ranking STANDARD = new Ranking(By.VECTOR, /* weaker= */ false);

  /// Which score.
  public enum By {
    /// The vector score: how far the word stands above the vector's mean over the vocabulary, in
    /// standard deviations of the vector's own scores.
    VECTOR,
    /// The raw product `e_w·v`: no norm, no gain, no mean taken off.
    RAW
  }
}
