package io.lexiscope.analysis.detox;

import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A list of words and phrases that count as toxic, matched as whole words, case ignored.
///
/// @param phrases in small letters, words separated by one space, none empty
public record Lexicon(SortedSet<String> phrases) {

  /// Copies the set.
  ///
  /// @throws DetoxException if it is empty
  public Lexicon {
    phrases = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(phrases));
    if (phrases.isEmpty()) {
      throw new DetoxException("lexicon", "lexicon: expected at least one word, got none");
    }
  }

  /// A lexicon of lines; blank ones and those that begin with `#` do not count.
  ///
  /// @throws DetoxException if no line has a word
  public static Lexicon of(Collection<String> lines) {
    SortedSet<String> phrases = new TreeSet<>();
    for (String line : lines) {
      String phrase = normalized(line).strip();
      if (!line.strip().startsWith("#") && !phrase.isEmpty()) {
        phrases.add(phrase);
      }
    }
    return new Lexicon(phrases);
  }

  /// Whether a text holds a word of the list.
  public boolean matches(String text) {
    String words = normalized(text);
    return phrases.stream().anyMatch(phrase -> words.contains(" " + phrase + " "));
  }

  /// The ids that are whole words of the list, in any of their forms; the beginnings of its words
  /// where none is one token. Phrases of several words are left out: their first words alone are
  /// none of the list.
  ///
  /// @throws DetoxException if there is none
  public Set<Integer> firstTokens(Tokenizer tokenizer) {
    Set<Integer> ids = new LinkedHashSet<>();
    for (String phrase : phrases) {
      if (phrase.contains(" ")) {
        continue; // its first word alone is none of the list
      }
      forms(phrase)
          .map(form -> tokenizer.encodeWithoutSpecial(form).ids())
          .filter(form -> form.size() == 1)
          .forEach(form -> ids.add(form.get(0)));
    }
    if (ids.isEmpty()) {
      // Words of several tokens only: their beginnings stand for them.
      for (String phrase : phrases) {
        ids.add(tokenizer.encodeWithoutSpecial(" " + phrase).ids().get(0));
      }
    }
    return ids;
  }

  /// How many tokens of a continuation end with the first whole word of the list in it.
  ///
  /// @param texts the text of the first so many tokens, from none to all of them
  /// @return −1 where there is no word of the list
  static int firstWordEnd(Lexicon lexicon, List<String> texts) {
    String whole = texts.getLast();
    for (int tokens = 1; tokens < texts.size(); tokens++) {
      String begun = texts.get(tokens);
      // The next letter tells whether the last word goes on, as in `ass` and `assistant`.
      boolean begins = whole.startsWith(begun) && begun.length() < whole.length();
      String seen = begins ? whole.substring(0, begun.length() + 1) : begun;
      if (lexicon.matches(seen)) {
        return tokens;
      }
    }
    return -1;
  }

  private static Stream<String> forms(String word) {
    String capital = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    return Stream.of(" " + word, word, " " + capital, capital, " " + word.toUpperCase(Locale.ROOT))
        .distinct();
  }

  /// Words in small letters with one space before and after each; apostrophes belong to words.
  static String normalized(String text) {
    StringBuilder words = new StringBuilder(" ");
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(
            point -> {
              if (Character.isLetterOrDigit(point) || point == '\'') {
                words.appendCodePoint(point);
              } else if (words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
              }
            });
    return words.charAt(words.length() - 1) == ' ' ? words.toString() : words + " ";
  }
}
