package io.lexiscope.train.microworld;

/// A true statement: subject, relation, object.
///
/// @param relation the relation
/// @param subject one or more words, with its article where it has one (`the Gambia`)
/// @param object a single word
public record Fact(Relation relation, String subject, String object) {
  /// Returns the prompt that the object completes, in the phrasing with this index.
  public String prompt(int template) {
    return relation.templates().get(template).replace("{s}", subject);
  }

  /// Returns the whole sentence in the phrasing with this index.
  public String sentence(int template) {
    return prompt(template) + " " + object + ".";
  }
}
