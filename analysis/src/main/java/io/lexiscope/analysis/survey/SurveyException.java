package io.lexiscope.analysis.survey;

/// A survey that cannot be made of a model or of prompts.
public final class SurveyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what was expected, what was found, and what to do
  public SurveyException(String message) {
    super(message);
  }
}
