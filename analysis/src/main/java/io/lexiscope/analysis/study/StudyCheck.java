package io.lexiscope.analysis.study;

/// One published statement beside what was measured.
///
/// @param name what is stated
/// @param published the published value and where it stands, in words
/// @param measured the measured value in the same unit; empty where nothing was measured
/// @param outcome whether they agree
/// @param note the bound that decides, or why nothing could be decided
public record StudyCheck(
    String name, String published, String measured, Outcome outcome, String note) {

  /// Whether published and measured agree.
  public enum Outcome {
    /// They agree within the bound.
    PASSED,
    /// They do not.
    FAILED,
    /// They cannot be compared here; the note says why.
    NOT_APPLICABLE
  }

  /// A check that was made.
  public static StudyCheck of(
      String name, String published, String measured, boolean passed, String note) {
    return new StudyCheck(
        name, published, measured, passed ? Outcome.PASSED : Outcome.FAILED, note);
  }

  /// A check that cannot be made.
  ///
  /// @param why in words
  public static StudyCheck notApplicable(String name, String published, String why) {
    return new StudyCheck(name, published, "", Outcome.NOT_APPLICABLE, why);
  }

  /// A measurement that has no published counterpart for this model.
  ///
  /// @param why in words
  public static StudyCheck measuredOnly(
      String name, String published, String measured, String why) {
    return new StudyCheck(name, published, measured, Outcome.NOT_APPLICABLE, why);
  }
}
