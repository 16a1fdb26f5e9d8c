package io.lexiscope.analysis.exit;

/// Examples or settings from which no rule can be learned.
public final class ExitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes an exception.
  ///
  /// @param message one line in the form `operation: expected …, got … at …; what to do`
  public ExitException(String message) {
    super(message);
  }

  /// A kept rule that is not one for the model.
  public static ExitException rule(String expected, String got) {
    return new ExitException(
        "early exit: expected a rule with %s, got %s; write one with 'exit -o FILE' for this model"
            .formatted(expected, got));
  }

  /// Checks of how many layers a kept rule is.
  ///
  /// @throws ExitException if it is not of that many
  public static void requireLayers(int expected, int got) {
    if (got != expected) {
      throw rule(expected + " layers", String.valueOf(got));
    }
  }
}
