package io.lexiscope.workbench.gradients;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.gradient.Loss;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The tokens that should come, and the loss that says so.
///
/// @param tokens at least one
/// @param against a foil, or null
/// @param position where the first of them should come, from 0
public record TargetTokens(TokenIds tokens, @Nullable Integer against, int position) {

  /// Reads what was asked for.
  ///
  /// @param verb what is asked, for messages
  /// @throws WorkbenchException of kind `invalid` when there are no such tokens or positions, or
  ///   what was asked for excludes each other
  public static TargetTokens of(
      String verb, LanguageModel model, TokenIds prompt, GradientsTarget asked, Work work) {
    int position =
        asked.position() == null
            ? prompt.size() - 1
            : Prompts.position(verb, "position", asked.position(), prompt.size());
    String word = asked.target();
    TokenIds tokens =
        word == null ? answer(model, prompt, position, work) : tokens(verb, model, "target", word);
    Integer against =
        asked.against() == null ? null : Prompts.token(verb, model, "against", asked.against());
    if (tokens.size() > 1 && (against != null || position != prompt.size() - 1)) {
      throw WorkbenchException.invalid(
          against == null ? "position" : "against",
          "%s: expected a target of one token beside %s, got %d tokens; shorten the target or leave that out"
              .formatted(verb, against == null ? "a position" : "a foil", tokens.size()));
    }
    if (against != null && against == tokens.get(0)) {
      throw WorkbenchException.invalid(
          "against",
          verb + ": expected a foil other than the target, got the same token; choose another");
    }
    return new TargetTokens(tokens, against, position);
  }

  /// The tokens of a continuation: one where the vocabulary has it whole.
  ///
  /// @throws WorkbenchException of kind `invalid` when there are none
  public static TokenIds tokens(String verb, LanguageModel model, String field, String word) {
    if (word.matches("#\\d{1,9}")) {
      return TokenIds.of(Prompts.token(verb, model, field, word));
    }
    TokenIds tokens = model.tokenizer().encodeWithoutSpecial(word).ids();
    if (tokens.isEmpty()) {
      throw WorkbenchException.invalid(
          field, "%s: expected a word in %s, got none; give one".formatted(verb, field));
    }
    return tokens;
  }

  private static TokenIds answer(LanguageModel model, TokenIds prompt, int position, Work work) {
    return work.pass(
        () -> {
          try (Run run = model.run(prompt, Recording.nothing())) {
            return TokenIds.of(run.logits(position).best());
          }
        });
  }

  /// What is to become smaller.
  public Loss loss() {
    if (against != null) {
      return new Loss.Contrast(position, tokens.get(0), against);
    }
    return tokens.size() == 1
        ? new Loss.NextToken(position, tokens.get(0))
        : new Loss.Continuation(tokens);
  }

  /// The positions of a part of the text; a token counts that shares a character other than a blank
  /// with it.
  ///
  /// @param text the whole prompt; null where it was given as ids
  /// @param part as it stands in the text, its last occurrence counts; null for none
  /// @throws WorkbenchException of kind `invalid` when it does not stand there
  public static List<Integer> subject(
      String verb, LanguageModel model, @Nullable String text, @Nullable String part) {
    if (part == null) {
      return List.of();
    }
    int start = text == null || part.isBlank() ? -1 : text.lastIndexOf(part.strip());
    if (text == null || start < 0) {
      throw WorkbenchException.invalid(
          "subject",
          "%s: expected a part of the prompt's text in subject, got \"%s\"; write it as it stands there"
              .formatted(verb, part));
    }
    int end = start + part.strip().length();
    var tokens = model.tokenizer().encode(text).tokens();
    return IntStream.range(0, tokens.size())
        .filter(
            i ->
                !tokens.get(i).added()
                    && Math.max(start, tokens.get(i).start()) < Math.min(end, tokens.get(i).end()))
        .boxed()
        .toList();
  }
}
