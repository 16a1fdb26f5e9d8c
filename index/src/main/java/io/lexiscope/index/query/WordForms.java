package io.lexiscope.index.query;

import io.lexiscope.index.query.ResolvedWord.Form;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.tokenizer.TokenizerException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the tokens of words.
public final class WordForms {
  private WordForms() {}

  /// The tokens that a word may be: with and without a space before it, as written, in small
  /// letters, with a capital, in capitals.
  ///
  /// @throws QueryException if an id does not exist, or a word is no single token in any form
  /// @throws TokenizerException if the model has no tokenizer
  public static ResolvedWord of(LanguageModel model, Condition condition) {
    return switch (condition.word()) {
      case Condition.Id id -> new ResolvedWord(condition, List.of(ofId(model, id.id())));
      case Condition.Exactly exactly ->
          new ResolvedWord(condition, forms(model, condition, List.of(exactly.text())));
      case Condition.AnyForm any ->
          new ResolvedWord(condition, forms(model, condition, variants(any.text())));
    };
  }

  private static Form ofId(LanguageModel model, int id) {
    int vocabulary = model.architecture().dimensions().vocabulary();
    if (id >= vocabulary) {
      throw new QueryException(
          "search: expected a token id from 0 to %d, got %d".formatted(vocabulary - 1, id));
    }
    return new Form(List.of(id), model.tokenizer().display(id));
  }

  private static List<String> variants(String word) {
    Set<String> cased = new LinkedHashSet<>();
    cased.add(word);
    cased.add(word.toLowerCase(Locale.ROOT));
    int first = word.offsetByCodePoints(0, 1);
    cased.add(
        word.substring(0, first).toUpperCase(Locale.ROOT)
            + word.substring(first).toLowerCase(Locale.ROOT));
    cased.add(word.toUpperCase(Locale.ROOT));
    List<String> variants = new ArrayList<>();
    for (String form : cased) {
      variants.add(" " + form);
      variants.add(form);
    }
    return variants;
  }

  private static List<Form> forms(LanguageModel model, Condition condition, List<String> texts) {
    Tokenizer tokenizer = model.tokenizer();
    Set<Integer> ids = new LinkedHashSet<>();
    for (String text : texts) {
      try {
        ids.add(tokenizer.idOf(text));
      } catch (TokenizerException splits) {
        if (!tokenizer.isPresent()) {
          throw splits;
        }
      }
    }
    if (!ids.isEmpty()) {
      return ids.stream().map(id -> ofId(model, id)).toList();
    }
    throw new QueryException(
        "search: expected a word that is one token, got %s, which is %s; search for one of its tokens, or # and a token id"
            .formatted(condition.word().text(), pieces(tokenizer, texts.getFirst())));
  }

  private static String pieces(Tokenizer tokenizer, String text) {
    TokenIds ids = tokenizer.encodeWithoutSpecial(text).ids();
    return ids.isEmpty()
        ? "none"
        : ids.stream().mapToObj(tokenizer::display).collect(Collectors.joining("·"));
  }
}
