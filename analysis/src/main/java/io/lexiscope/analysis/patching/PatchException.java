package io.lexiscope.analysis.patching;

/// Prompts or settings that cannot be patched.
public final class PatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public PatchException(String message) {
    super(message);
  }
}
