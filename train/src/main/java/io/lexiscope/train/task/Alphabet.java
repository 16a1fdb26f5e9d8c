package io.lexiscope.train.task;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The vocabulary of a sequence task: token texts in id order. Every token is one character, or a
/// name in square brackets such as `[CLS]`, so that a text splits into tokens in one way only.
///
/// @param tokens token texts in id order, all different
/// @param pad the token that fills short rows on the right
public record Alphabet(List<String> tokens, String pad) {
  public Alphabet {
    tokens = List.copyOf(tokens);
    if (new HashSet<>(tokens).size() != tokens.size()) {
      throw new IllegalArgumentException("Alphabet: expected different tokens, got " + tokens);
    }
    for (String token : tokens) {
      if (token.length() != 1 && !(token.startsWith("[") && token.endsWith("]"))) {
        throw new IllegalArgumentException(
            "Alphabet: expected one character or a bracketed name, got " + token);
      }
    }
    if (!tokens.contains(pad)) {
      throw new IllegalArgumentException(
          "Alphabet: expected the pad token among " + tokens + ", got " + pad);
    }
  }

  /// Returns an alphabet of single characters in the order of the string.
  public static Alphabet ofCharacters(String characters, char pad) {
    return new Alphabet(
        characters.chars().mapToObj(c -> String.valueOf((char) c)).toList(), String.valueOf(pad));
  }

  /// Returns the number of tokens.
  public int size() {
    return tokens.size();
  }

  /// Returns the id of a token.
  ///
  /// @throws IllegalArgumentException if the alphabet has no such token
  public int id(String token) {
    int id = tokens.indexOf(token);
    if (id < 0) {
      throw new IllegalArgumentException(
          "Alphabet: expected one of " + String.join(" ", tokens) + ", got '" + token + "'");
    }
    return id;
  }

  /// Returns the id of the padding token.
  public int padId() {
    return id(pad);
  }

  /// Returns token text → id, as a vocabulary file wants it.
  public Map<String, Integer> vocabulary() {
    var vocabulary = new HashMap<String, Integer>();
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    return Map.copyOf(vocabulary);
  }

  /// Returns the ids of a text.
  ///
  /// @throws IllegalArgumentException if a character is no token
  public TokenRow encode(String text) {
    var ids = IntStream.builder();
    for (int start = 0; start < text.length(); ) {
      int close = text.charAt(start) == '[' ? text.indexOf(']', start) : -1;
      int end = close > start ? close + 1 : start + 1;
      ids.add(id(text.substring(start, end)));
      start = end;
    }
    return TokenRow.of(ids.build().toArray());
  }

  /// Returns the text of ids.
  public String decode(TokenRow row) {
    return row.stream().mapToObj(tokens::get).collect(Collectors.joining());
  }
}
