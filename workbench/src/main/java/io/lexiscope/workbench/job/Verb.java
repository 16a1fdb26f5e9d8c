package io.lexiscope.workbench.job;

/// What can be asked: the command-line verb and the end of the server's path.
///
/// @param name in a path and on the command line, in small letters
/// @param about what it gives, one sentence
/// @param leaves what is left on the disk after the answer
/// @param lane whom its work waits for
public record Verb(String name, String about, Leaves leaves, Lane lane) {
  /// A verb that writes no files and is soon answered.
  public static Verb reads(String name, String about) {
    return new Verb(name, about, Leaves.NOTHING, Lane.SHORT);
  }

  /// A verb that keeps in the cache what it found out, by what it was found out of: a second answer
  /// replaces nothing that others use.
  public static Verb keeps(String name, String about) {
    return new Verb(name, about, Leaves.CACHE, Lane.SHORT);
  }

  /// A verb that writes files where the request says, or fetches them.
  public static Verb writes(String name, String about) {
    return new Verb(name, about, Leaves.FILES, Lane.SHORT);
  }

  /// The same, with a place for its work.
  public Verb in(Lane other) {
    return new Verb(name, about, leaves, other);
  }

  /// Whether answering writes files that others may come to miss or to find.
  public boolean writes() {
    return leaves == Leaves.FILES;
  }
}
