package io.lexiscope.model.parity;

/// One identity that every correct model fulfils, and how well this one does.
///
/// @param name a word for tables and JSON, such as `cache`
/// @param meaning one sentence on what is compared with what
/// @param outcome what came of it
public record SelfCheck(String name, String meaning, Outcome outcome) {

  /// What a check came to.
  public sealed interface Outcome {}

  /// Two ways to one value were compared at one or more places.
  ///
  /// @param at the place that comes closest to what is allowed there, such as
  ///   `blocks.3.hook_resid_post`
  /// @param maxAbsDiff largest absolute difference at that place; infinite where a number is not
  ///   finite
  /// @param tolerance largest absolute difference allowed there
  public record Compared(String at, double maxAbsDiff, double tolerance) implements Outcome {
    /// Whether the difference is within the tolerance.
    public boolean passed() {
      return maxAbsDiff <= tolerance;
    }
  }

  /// The identity says nothing about this model.
  ///
  /// @param reason why, in a few words
  public record NotApplicable(String reason) implements Outcome {}

  /// Whether nothing speaks against the model: the check passed, or says nothing about it.
  public boolean passed() {
    return switch (outcome) {
      case Compared compared -> compared.passed();
      case NotApplicable _ -> true;
    };
  }
}
