package io.lexiscope.train.microworld;

import java.util.List;

/// A relation between a subject and an object, with the ways to say it.
///
/// @param name such as `capital`
/// @param table the table the facts stand in
/// @param templates statements with `{s}` for the subject; the object follows as the next word
/// @param questions questions with `{s}`, answered by the object
public record Relation(String name, String table, List<String> templates, List<String> questions) {
  public Relation {
    templates = List.copyOf(templates);
    questions = List.copyOf(questions);
  }
}
