package io.lexiscope.model.edit;

/// A patch that does not fit, or edits that have ended.
public final class EditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public EditException(String message) {
    super(message);
  }
}
