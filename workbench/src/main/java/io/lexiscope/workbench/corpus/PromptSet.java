package io.lexiscope.workbench.corpus;

import io.lexiscope.analysis.ffn.PrefixSample;
import io.lexiscope.analysis.text.PlainEnglish;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The prompts of a study: those given, those of a file, or else sentences of the model's task or
/// of the English that comes with the program.
///
/// @param corpus what they are, in words
/// @param prompts at least one
public record PromptSet(String corpus, List<TokenIds> prompts) {
  /// Copies the list.
  public PromptSet {
    prompts = List.copyOf(prompts);
  }

  /// How many prompts, and which of those there are.
  ///
  /// @param most how many at most
  /// @param seed of the choice
  public record Draw(int most, long seed) {}

  /// Takes prompts.
  ///
  /// @param verb what they are for
  /// @param data name of a file, or null
  /// @param given prompts taken whole, or null
  /// @throws WorkbenchException of kind `invalid` where both are given, or neither has a prompt
  public static PromptSet of(
      String verb,
      LanguageModel model,
      @Nullable String data,
      @Nullable List<String> given,
      Draw draw) {
    if (given != null && data != null) {
      throw WorkbenchException.invalid(
          "data", verb + ": expected a file or a list of prompts, got both; leave one out");
    }
    PromptSet read;
    if (data != null) {
      read =
          new PromptSet(
              data,
              switch (TextFiles.content(verb, "data", data)) {
                case TextFiles.Content.Running running ->
                    PrefixSample.of(model, running.text(), draw.most(), draw.seed());
                case TextFiles.Content.Prompts lines ->
                    PrefixSample.whole(model, lines.prompts(), draw.most());
              });
    } else if (given != null) {
      read = new PromptSet("given prompts", PrefixSample.whole(model, given, draw.most()));
    } else {
      read = standard(verb, model, draw);
    }
    if (read.prompts().isEmpty()) {
      throw WorkbenchException.invalid(
          given != null ? "prompts" : "data",
          verb
              + ": expected at least one prompt, got none; give text with a sentence of two tokens"
              + " or more");
    }
    return read;
  }

  private static PromptSet standard(String verb, LanguageModel model, Draw draw) {
    return DefaultText.task(model) == null
        ? new PromptSet(
            "plain English of the program",
            PrefixSample.of(
                model, String.join("\n", PlainEnglish.paragraphs()), draw.most(), draw.seed()))
        : new PromptSet(
            "held-out sentences of its task",
            TaskSentences.heldOut(verb, model, draw.most(), draw.seed()));
  }
}
