package io.lexiscope.model.site;

/// A place that has no vector of its own at each position, or not under a convention.
public final class SiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public SiteException(String message) {
    super(message);
  }
}
