package io.lexiscope.model.expression;

import java.util.BitSet;
import java.util.List;

/// A parsed expression, as far as it matters for how long matching takes.
sealed interface Node {
  /// One character.
  ///
  /// @param codePoints what it may be; never changed
  record Chars(BitSet codePoints) implements Node {}

  /// One after the other; empty for nothing.
  record Sequence(List<Node> parts) implements Node {}

  /// The first that leads to a match.
  record Choice(List<Node> options) implements Node {}

  /// A number of times, greedily or not.
  ///
  /// @param most −1 for without end
  record Repeat(Node body, int least, int most) implements Node {
    static final int UNBOUNDED = -1;

    boolean unbounded() {
      return most == UNBOUNDED;
    }
  }

  /// What takes no character and may fail: an anchor, or a look to one side.
  ///
  /// @param body what is looked for; an empty sequence for an anchor
  record Assertion(Node body) implements Node {}
}
