package io.lexiscope.train.microworld;

/// The kinds of documents with their share of the corpus in percent of words and punctuation marks.
/// A document is drawn with odds `share / meanLength` (measured), so shares are shares of running
/// text.
public enum DocumentKind {
  /// One to five facts, of one subject or of several.
  FACTS(/* share= */ 54, /* meanLength= */ 21.8),
  /// One to three questions with their answers.
  QUESTIONS(/* share= */ 4, /* meanLength= */ 28.6),
  /// One or two sentences in which one person gives something to the other.
  INDIRECT_OBJECTS(/* share= */ 15, /* meanLength= */ 27.8),
  /// Something kind or unkind is done, and answered accordingly.
  TALK(/* share= */ 12, /* meanLength= */ 33.3),
  /// Short narratives about people, places, animals and food.
  STORIES(/* share= */ 9, /* meanLength= */ 54.9),
  /// Two things of a kind side by side.
  COMPARISONS(/* share= */ 3, /* meanLength= */ 11.2),
  /// Days, months, numbers, and members of a class.
  LISTS(/* share= */ 3, /* meanLength= */ 19.7);

  private final int share;
  private final double meanLength;

  DocumentKind(int share, double meanLength) {
    this.share = share;
    this.meanLength = meanLength;
  }

  /// Returns the share of the corpus in percent.
  public int share() {
    return share;
  }

  /// Returns the relative number of documents of this kind.
  double odds() {
    return share / meanLength;
  }
}
