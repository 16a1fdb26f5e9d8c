package io.lexiscope.model.place;

/// A text that names no place, or a place that is not of the kind asked for or not in the model.
public final class PlaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final PlaceKind kind;
  private final String got;

  /// Makes an exception; its message is `kind: expected …, got …`.
  ///
  /// @param kind what was to be named
  /// @param expected what was expected
  /// @param got the text as it was given, and what it is where it is something else
  public PlaceException(PlaceKind kind, String expected, String got) {
    super(kind.noun() + ": expected " + expected + ", got " + got);
    this.kind = kind;
    this.got = got;
  }

  /// What was to be named.
  public PlaceKind kind() {
    return kind;
  }

  /// The text as it was given, and what it is where it is something else; the end of the message.
  public String got() {
    return got;
  }
}
