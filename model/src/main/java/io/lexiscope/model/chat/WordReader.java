package io.lexiscope.model.chat;

import io.lexiscope.model.chat.TemplateLexer.Kind;
import io.lexiscope.model.chat.TemplateLexer.Word;
import java.util.List;

/// Goes through the words of a template.
final class WordReader {
  private final List<Word> words;
  private int place;

  WordReader(List<Word> words) {
    this.words = words;
  }

  int place() {
    return place;
  }

  void back(int to) {
    place = to;
  }

  Word peek() {
    return words.get(Math.min(place, words.size() - 1));
  }

  Word ahead() {
    return words.get(Math.min(place + 1, words.size() - 1));
  }

  Word next() {
    Word word = peek();
    if (word.kind() == Kind.END) {
      throw unexpected("more");
    }
    place++;
    return word;
  }

  /// Takes an operator where it is next.
  boolean take(String operator) {
    boolean there = peek().is(Kind.OPERATOR, operator);
    if (there) {
      place++;
    }
    return there;
  }

  boolean takeName(String name) {
    boolean there = peek().is(Kind.NAME, name);
    if (there) {
      place++;
    }
    return there;
  }

  String name() {
    if (peek().kind() != Kind.NAME) {
      throw unexpected("a name");
    }
    return next().text();
  }

  void requireName(String name) {
    if (!takeName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  void require(Kind kind, String text) {
    if (!peek().is(kind, text)) {
      throw unexpected(kind == Kind.END ? "the end" : "'" + text + "'");
    }
    if (kind != Kind.END) {
      place++;
    }
  }

  ChatException unexpected(String expected) {
    Word word = peek();
    return unexpected(
        expected, word.kind() == Kind.END ? "the end" : "'" + shortened(word.text()) + "'");
  }

  ChatException unexpected(String expected, String got) {
    return new ChatException(
        "chat: expected %s, got %s at line %d of the template; mend the template, or leave --chat out"
            .formatted(expected, got, peek().line()));
  }

  private static String shortened(String text) {
    String line = text.replace('\n', ' ');
    return line.length() > 40 ? line.substring(0, 40) + "…" : line;
  }
}
