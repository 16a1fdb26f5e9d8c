package io.lexiscope.index.query;

/// A word that a vector is to promote or suppress.
///
/// @param word as it was written
/// @param promotes whether its score is to be above 0; below where not
public record Condition(Word word, boolean promotes) {

  /// A word of a query.
  public sealed interface Word {
    /// As people write it.
    String text();
  }

  /// Any single token that reads so, whatever its case and with or without a space before it.
  ///
  /// @param text without space before or behind
  public record AnyForm(String text) implements Word {}

  /// Exactly this text, with its spaces and its case.
  ///
  /// @param text not empty
  public record Exactly(String text) implements Word {}

  /// A token.
  ///
  /// @param id in the vocabulary
  public record Id(int id) implements Word {
    @Override
    public String text() {
      return "#" + id;
    }
  }
}
