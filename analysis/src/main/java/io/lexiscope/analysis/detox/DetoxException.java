package io.lexiscope.analysis.detox;

/// A detoxification experiment that cannot be run as asked.
public final class DetoxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String argument;

  /// Makes an exception.
  ///
  /// @param argument what of the experiment is at fault, such as `prompts`
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public DetoxException(String argument, String message) {
    super(message);
    this.argument = argument;
  }

  /// What of the experiment is at fault, such as `prompts`.
  public String argument() {
    return argument;
  }
}
