package io.lexiscope.workbench.job;

/// What can be asked: the command-line verb and the end of the server's path.
///
/// @param name in a path and on the command line, in small letters
/// @param about what it gives, one sentence
/// @param writes whether answering writes files where the request says
public record Verb(String name, String about, boolean writes) {
  /// A verb that writes no files.
  public static Verb reads(String name, String about) {
    return new Verb(name, about, /* writes= */ false);
  }

  /// A verb that writes files where the request says.
  public static Verb writes(String name, String about) {
    return new Verb(name, about, /* writes= */ true);
  }
}
