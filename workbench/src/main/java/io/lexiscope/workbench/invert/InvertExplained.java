package io.lexiscope.workbench.invert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much of what the place holds the features explain (η², held-out inputs).
///
/// @param inputs on which it was measured
/// @param pairs two features together, best first
/// @param whole all features that are read together; absent where none is
public record InvertExplained(int inputs, List<InvertPair> pairs, @Nullable Double whole) {
  /// Copies the list.
  public InvertExplained {
    pairs = List.copyOf(pairs);
  }
}
