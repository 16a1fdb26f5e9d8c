package io.lexiscope.workbench.glossary;

import io.lexiscope.workbench.ask.ViewJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The terms that are used here, each with a sentence and a few more.
public final class Glossary {
  /// The file of terms, beside this class.
  static final String FILE = "glossary.json";

  /// Most terms that are named for an unknown one.
  private static final int NEAR = 4;

  /// A term asked for by more letters than any has is compared by its first.
  private static final int LONGEST = 64;

  private final List<GlossaryTerm> terms;
  private final Map<String, GlossaryTerm> byWord = new HashMap<>();

  /// A glossary of terms.
  ///
  /// @throws IllegalArgumentException when one word stands for two of them, or a term is named that
  ///   is not there
  Glossary(List<GlossaryTerm> terms) {
    this.terms = List.copyOf(terms);
    for (var term : terms) {
      words(term)
          .forEach(
              word -> {
                if (byWord.put(plain(word), term) != null) {
                  throw new IllegalArgumentException(
                      "glossary: expected one term for a word, got two for " + word);
                }
              });
    }
    for (var term : terms) {
      for (var name : Optional.ofNullable(term.see()).orElse(List.of())) {
        if (terms.stream().noneMatch(other -> other.name().equals(name))) {
          throw new IllegalArgumentException(
              "glossary: expected names of terms, got %s at %s".formatted(name, term.name()));
        }
      }
    }
  }

  /// The glossary of Lexiscope.
  public static Glossary standard() {
    try (var file = Objects.requireNonNull(Glossary.class.getResourceAsStream(FILE))) {
      return new Glossary(List.of(ViewJson.read(file.readAllBytes(), GlossaryTerm[].class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All terms, by their names.
  public List<GlossaryTerm> terms() {
    return terms;
  }

  /// The term that a word stands for, however it is written: `value-vectors` is `value vector`.
  public Optional<GlossaryTerm> find(String word) {
    var plain = plain(word);
    var exact = Optional.ofNullable(byWord.get(plain));
    return exact.isPresent() || !plain.endsWith("s")
        ? exact
        : Optional.ofNullable(byWord.get(plain.substring(0, plain.length() - 1)));
  }

  /// The names of the terms most like a word, the most like first.
  public List<String> near(String word) {
    var plain = plain(word);
    var wanted = plain.substring(0, Math.min(LONGEST, plain.length()));
    return terms.stream()
        .sorted(Comparator.comparingDouble(term -> distance(wanted, term)))
        .limit(NEAR)
        .map(GlossaryTerm::name)
        .toList();
  }

  private static Stream<String> words(GlossaryTerm term) {
    return Stream.concat(Stream.of(term.name()), term.others().stream());
  }

  /// Small letters, words apart by one blank.
  private static String plain(String word) {
    return word.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", " ");
  }

  /// How many letters lie between a word and what a term is called, as a part of the longer of the
  /// two; half of it where one holds the other.
  private static double distance(String wanted, GlossaryTerm term) {
    return words(term)
        .map(Glossary::plain)
        .mapToDouble(
            word -> {
              var apart = steps(wanted, word) / (double) Math.max(wanted.length(), word.length());
              var within = !wanted.isEmpty() && (word.contains(wanted) || wanted.contains(word));
              return within ? apart / 2 : apart;
            })
        .min()
        .orElse(1);
  }

  /// The fewest letters to put in, take out or exchange that make one word of the other
  /// (Levenshtein 1966).
  static int steps(String one, String other) {
    var before = new int[other.length() + 1];
    for (int j = 0; j < before.length; j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      var now = new int[before.length];
      now[0] = i;
      for (int j = 1; j < now.length; j++) {
        int exchanged = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(exchanged, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[other.length()];
  }
}
