package io.lexiscope.workbench.edits;

import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.NamesFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model should say, and what to ask before and after.
///
/// @param target what should follow the prompt, with its leading space
/// @param subject what the prompt is about, a part of its text; the last token when absent
/// @param paraphrases other prompts that should get the target
/// @param neighbours prompts that should keep their answers
/// @param blast a file of prompts, JSON lines: how far the edit reaches into them
/// @param verify how many of the worst are run for real, 100 when absent
public record EditWish(
    String target,
    @Nullable String subject,
    @Nullable List<String> paraphrases,
    @Nullable List<String> neighbours,
    @NamesFile(FileUse.DATA) @Nullable String blast,
    @Nullable Integer verify) {
  /// Copies the lists.
  public EditWish {
    paraphrases = paraphrases == null ? null : List.copyOf(paraphrases);
    neighbours = neighbours == null ? null : List.copyOf(neighbours);
  }
}
