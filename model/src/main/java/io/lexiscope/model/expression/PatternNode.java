package io.lexiscope.model.expression;

import java.util.BitSet;
import java.util.List;

/// A parsed expression, as far as it matters for how long matching takes.
sealed interface PatternNode {
  /// One character.
  ///
  /// @param codePoints what it may be; never changed
  record Chars(BitSet codePoints) implements PatternNode {}

  /// One after the other; empty for nothing.
  record Sequence(List<PatternNode> parts) implements PatternNode {}

  /// The first that leads to a match.
  record Choice(List<PatternNode> options) implements PatternNode {}

  /// A number of times, greedily or not.
  ///
  /// @param most −1 for without end
  record Repeat(PatternNode body, int least, int most) implements PatternNode {
    static final int UNBOUNDED = -1;

    boolean unbounded() {
      return most == UNBOUNDED;
    }
  }

  /// What takes no character and may fail: an anchor, or a look to one side.
  ///
  /// @param body what is looked for; an empty sequence for an anchor
  record Assertion(PatternNode body) implements PatternNode {}
}
