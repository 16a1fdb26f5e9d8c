package io.lexiscope.analysis.tracing;

/// Whether a value that can be read at a place is what the model works with there.
public enum Verdict {
  /// Moving it moves the answer, and three times as far as a random direction does.
  CAUSAL("causal"),

  /// Moving it moves the answer a little, or hardly further than a random direction.
  WEAK("weak"),

  /// It can be read, and moving it moves nothing.
  NOT_USED("not used"),

  /// It cannot be read well enough to say.
  UNDETERMINED("undetermined");

  /// Share of variance below which a value counts as not read.
  static final double READ = 0.5;

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /// The word.
  public String label() {
    return label;
  }

  /// The word for some numbers.
  ///
  /// @param explained share of variance that a reading explains on prompts that test
  /// @param along change of the answer for one standard deviation of the value, in standard
  ///   deviations of the answer
  /// @param random the same along a random direction
  public static Verdict of(double explained, double along, double random) {
    if (!(explained >= READ)) {
      return UNDETERMINED;
    }
    if (along >= 0.25 && along >= 3 * random) {
      return CAUSAL;
    }
    return along >= 0.05 && along >= 1.5 * random ? WEAK : NOT_USED;
  }
}
