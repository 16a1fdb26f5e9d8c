package io.lexiscope.workbench.heads;

import io.lexiscope.analysis.attention.HeadTrait;
import io.lexiscope.analysis.attention.HeadTraits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What heads do over prompts.
///
/// @param on the prompts
/// @param text what they are, in words
/// @param prompts how many
/// @param tokens in all of them
/// @param by the trait they are ranked by, largest first; by layer and head when absent
/// @param heads every head
public record HeadsTraits(
    TraitsOn on,
    String text,
    int prompts,
    int tokens,
    @Nullable HeadTrait by,
    List<HeadTraits> heads) {
  /// Copies the list.
  public HeadsTraits {
    heads = List.copyOf(heads);
  }
}
