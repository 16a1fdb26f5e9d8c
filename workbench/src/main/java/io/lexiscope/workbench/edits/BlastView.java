package io.lexiscope.workbench.edits;

import java.util.List;

/// How far an edit reaches into a corpus of prompts.
///
/// @param prompts how many
/// @param worst those predicted to lose most, run for real
/// @param spearman rank correlation of prediction and measurement over those that were run
/// @param seconds to take the corpus and predict
public record BlastView(int prompts, List<BlastPrompt> worst, double spearman, double seconds) {
  /// Copies the list.
  public BlastView {
    worst = List.copyOf(worst);
  }
}
