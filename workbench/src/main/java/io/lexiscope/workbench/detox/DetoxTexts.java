package io.lexiscope.workbench.detox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a detoxification experiment is run on. A model of the microworld has texts of its own for
/// what is absent; for others prompts, lexicon and texts must be given.
///
/// @param prompts what provokes; the even ones, from 0, are for choosing, the odd ones for
///   measuring
/// @param lexicon words and phrases that count as toxic
/// @param texts held-out texts for the perplexity, each taken by itself; split as the prompts are
public record DetoxTexts(
    @Nullable List<String> prompts, @Nullable List<String> lexicon, @Nullable List<String> texts) {
  /// Copies the lists.
  public DetoxTexts {
    prompts = prompts == null ? null : List.copyOf(prompts);
    lexicon = lexicon == null ? null : List.copyOf(lexicon);
    texts = texts == null ? null : List.copyOf(texts);
  }

  /// The model's own.
  public static DetoxTexts standard() {
    return new DetoxTexts(null, null, null);
  }
}
