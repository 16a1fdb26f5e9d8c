package io.lexiscope.analysis.ffn;

import io.lexiscope.model.config.Wiring;

/// What *before*, *sub-updates* and *after* mean in a wiring, so that `before + sub-updates + bias
/// = after` holds; and where it would not.
public enum FfnIdentity {
  /// `x += M(n(x))`.
  SEQUENTIAL(
      "before is the stream that the FFN reads through its norm; before + sub-updates + bias = after"),
  /// `x += A(n(x)) + M(n(x))`.
  PARALLEL(
      "attention and FFN read the same stream side by side: before is that stream plus this layer's attention, so that before + sub-updates + bias = after; the FFN has not seen this layer's attention"),
  /// `x += n'(M(…))`.
  NORMED_OUTPUT(
      "the FFN's output is normed before it is added: value vectors are taken through that norm's gain and the divisor it had in this pass, so that before + sub-updates + bias = after; to change one neuron changes that divisor and with it all others"),
  /// `x = n(x + M(x))`.
  NORMED_STREAM(
      "the stream itself is normed: before is the stream after the norm of attention, after is the stream ahead of the block's last norm; before + sub-updates + bias = after holds between them and not across blocks");

  private final String description;

  FfnIdentity(String description) {
    this.description = description;
  }

  /// The identity of a wiring.
  public static FfnIdentity of(Wiring wiring) {
    return switch (wiring) {
      case PRE_NORM -> SEQUENTIAL;
      case PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS -> PARALLEL;
      case OUTPUT_NORM, SANDWICH -> NORMED_OUTPUT;
      case POST_NORM -> NORMED_STREAM;
    };
  }

  /// One line that says what the three are.
  public String description() {
    return description;
  }
}
