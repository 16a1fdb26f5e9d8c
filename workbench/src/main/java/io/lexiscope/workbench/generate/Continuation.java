package io.lexiscope.workbench.generate;

import io.lexiscope.workbench.job.GeneratedToken;
import java.util.List;

/// How a model goes on from a prompt.
///
/// @param text the prompt and its continuation together
/// @param generated the tokens of the continuation
public record Continuation(String text, List<GeneratedToken> generated) {
  /// Copies the list.
  public Continuation {
    generated = List.copyOf(generated);
  }
}
