package io.lexiscope.analysis.study;

import io.lexiscope.model.LanguageModel;
import java.util.List;

/// What a study is made on.
///
/// @param model the model
/// @param texts running text to take prompts from, one entry per file; empty for none
/// @param scored texts whose perplexity is taken; empty for none
/// @param sizes how much is measured
/// @param seed of everything random
public record StudySubject(
    LanguageModel model, List<String> texts, List<String> scored, Sizes sizes, long seed) {

  /// Copies the lists.
  public StudySubject {
    texts = List.copyOf(texts);
    scored = List.copyOf(scored);
  }

  /// How much is measured.
  ///
  /// @param examples prompts
  /// @param vectors value vectors of each layer; more than there are means all
  public record Sizes(int examples, int vectors) {}
}
