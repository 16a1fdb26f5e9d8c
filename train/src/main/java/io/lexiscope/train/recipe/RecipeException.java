package io.lexiscope.train.recipe;

/// A recipe that cannot be read or does not make sense.
public final class RecipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was expected, what was found, where, and what to do
  public RecipeException(String message) {
    super(message);
  }

  /// @param message what was expected, what was found, where, and what to do
  /// @param cause why
  public RecipeException(String message, Throwable cause) {
    super(message, cause);
  }
}
