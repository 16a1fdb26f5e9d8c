package io.lexiscope.analysis.patching;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;

/// Two prompts that differ in what is asked about.
///
/// @param clean the prompt with the answer sought
/// @param corrupt the other
/// @param target id of the word that the clean prompt is to say
/// @param foil id of the word that the corrupt prompt is to say
public record PromptPair(TokenIds clean, TokenIds corrupt, int target, int foil) {

  /// Two texts, with what the model says to each as target and foil.
  ///
  /// @param model with what is in force in both runs
  /// @throws PatchException if it says the same to both
  public static PromptPair of(LanguageModel model, String clean, String corrupt) {
    return of(
        model, model.tokenizer().encode(clean).ids(), model.tokenizer().encode(corrupt).ids());
  }

  /// Two prompts, with what the model says to each as target and foil.
  ///
  /// @param model with what is in force in both runs
  /// @throws PatchException if it says the same to both
  public static PromptPair of(LanguageModel model, TokenIds clean, TokenIds corrupt) {
    int target = answer(model, clean);
    int foil = answer(model, corrupt);
    if (target == foil) {
      throw new PatchException(
          "patch: expected prompts with different answers, got “%s” for both; name a target and a word against it"
              .formatted(model.tokenizer().display(target)));
    }
    return new PromptPair(clean, corrupt, target, foil);
  }

  /// The word that a model says next.
  ///
  /// @param model with what is in force
  public static int answer(LanguageModel model, TokenIds prompt) {
    try (Run run = model.run(prompt, Recording.nothing())) {
      return run.logits(-1).best();
    }
  }
}
