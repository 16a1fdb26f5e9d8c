package io.lexiscope.model.expression;

import io.lexiscope.model.expression.PatternNode.Assertion;
import io.lexiscope.model.expression.PatternNode.Chars;
import io.lexiscope.model.expression.PatternNode.Choice;
import io.lexiscope.model.expression.PatternNode.Repeat;
import io.lexiscope.model.expression.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/// Reads the part of Oniguruma's syntax that tokenizers use. What it does not know it refuses: a
/// construct misread here would be run all the same.
///
/// @see <a href="https://github.com/kkos/oniguruma/blob/master/doc/RE">Oniguruma's syntax</a>
final class PatternParser {
  private static final int LONGEST = 4000;
  private static final int DEEPEST = 40;
  private static final int MOST_REPEATS = 256;
  private static final String ZERO_WIDTH = "bBAzZG";
  private static final String CLASSES = "dDwWsShH";
  private static final String CONTROLS = "nrtfvae";

  private final String text;
  private final CodePoints codePoints;
  private int at;
  private int depth;
  private boolean ignoreCase;

  private PatternParser(String text, CodePoints codePoints) {
    this.text = text;
    this.codePoints = codePoints;
  }

  /// @throws ExpressionException if the expression has what cannot be bounded, or is not understood
  static PatternNode parse(String text, CodePoints codePoints) {
    if (text.length() > LONGEST) {
      throw new ExpressionException("more than %d characters".formatted(LONGEST));
    }
    var parser = new PatternParser(text, codePoints);
    PatternNode node = parser.choice();
    if (parser.at < text.length()) {
      throw new ExpressionException("a bracket that closes nothing");
    }
    return node;
  }

  private PatternNode choice() {
    if (++depth > DEEPEST) {
      throw new ExpressionException("groups in more than %d groups".formatted(DEEPEST));
    }
    var options = new ArrayList<PatternNode>();
    options.add(sequence());
    while (take('|')) {
      options.add(sequence());
    }
    depth--;
    return options.size() == 1 ? options.getFirst() : new Choice(options);
  }

  private PatternNode sequence() {
    var parts = new ArrayList<PatternNode>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      parts.add(repeated(atom()));
    }
    return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
  }

  private PatternNode repeated(PatternNode atom) {
    PatternNode node = atom;
    while (at < text.length()) {
      int start = at;
      if (take('*')) {
        node = new Repeat(node, 0, Repeat.UNBOUNDED);
      } else if (take('+')) {
        node = new Repeat(node, 1, Repeat.UNBOUNDED);
      } else if (take('?')) {
        node = new Repeat(node, 0, 1);
      } else if (text.charAt(at) == '{') {
        PatternNode counted = counted(node);
        if (at == start) {
          return node;
        }
        node = counted;
        take('?'); // lazy; a + here would be one more repetition, and is read as such
        continue;
      } else {
        return node;
      }
      // lazy, or possessive, which only saves work
      if (!take('?')) {
        take('+');
      }
    }
    return node;
  }

  /// `{n}`, `{n,}`, `{,m}` or `{n,m}`; anything else is text, and nothing is taken.
  private PatternNode counted(PatternNode body) {
    int end = text.indexOf('}', at);
    String inner = end < 0 ? "" : text.substring(at + 1, end);
    if (!inner.matches("\\d{1,9}|\\d{1,9},\\d{0,9}|,\\d{1,9}")) {
      return body;
    }
    at = end + 1;
    int comma = inner.indexOf(',');
    String low = comma < 0 ? inner : inner.substring(0, comma);
    String high = comma < 0 ? inner : inner.substring(comma + 1);
    int least = low.isEmpty() ? 0 : Integer.parseInt(low);
    int most = high.isEmpty() ? Repeat.UNBOUNDED : Integer.parseInt(high);
    if (Math.max(least, most) > MOST_REPEATS) {
      throw new ExpressionException("more than %d counted repetitions".formatted(MOST_REPEATS));
    }
    if (most != Repeat.UNBOUNDED && most < least) {
      throw new ExpressionException("a count that ends before it begins");
    }
    return new Repeat(body, least, most);
  }

  private PatternNode atom() {
    char c = text.charAt(at);
    return switch (c) {
      case '(' -> group();
      case '[' -> chars(bracket());
      case '.' -> {
        at++;
        yield chars("[\\s\\S]"); // never less than the dot has
      }
      case '^', '$' -> {
        at++;
        yield new Assertion(new Sequence(List.of()));
      }
      case '\\' -> escape();
      case '*', '+', '?' -> throw new ExpressionException("a repetition of nothing");
      default -> {
        int codePoint = text.codePointAt(at);
        at += Character.charCount(codePoint);
        yield literal(codePoint);
      }
    };
  }

  private PatternNode group() {
    at++;
    boolean before = ignoreCase;
    boolean assertion = false;
    if (take('?')) {
      if (look("<=", "<!", "=", "!")) {
        assertion = true;
      } else if (look("<")) {
        int end = text.indexOf('>', at);
        if (end < 0 || !text.substring(at, end).matches("[A-Za-z_]\\w*")) {
          throw new ExpressionException("a group of a kind that is not known here");
        }
        at = end + 1;
      } else if (!look(":", ">")) {
        if (flags()) {
          // the flags hold for all that is left of the group around, which is read as one part
          PatternNode rest = choice();
          ignoreCase = before;
          return rest;
        }
      }
    }
    PatternNode inner = choice();
    if (!take(')')) {
      throw new ExpressionException("a bracket that is not closed");
    }
    ignoreCase = before;
    return assertion ? new Assertion(inner) : inner;
  }

  /// @return whether they stand alone, `(?i)`, and not before a colon
  private boolean flags() {
    boolean on = true;
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '-' -> on = false;
        case 'i' -> ignoreCase = on;
        case 'm', 's' -> {}
        case ':' -> {
          return false;
        }
        case ')' -> {
          return true;
        }
        default -> throw new ExpressionException("a group of a kind that is not known here");
      }
    }
    throw new ExpressionException("a bracket that is not closed");
  }

  /// The text of a class in brackets.
  private String bracket() {
    int start = at;
    int open = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        requireKnown();
        at += 2;
        continue;
      }
      at++;
      if (c == '[') {
        open++;
        if (at < text.length() && text.charAt(at) == '^') {
          at++;
        }
        if (at < text.length() && text.charAt(at) == ']') {
          throw new ExpressionException("a class that begins with its end");
        }
      } else if (c == ']' && --open == 0) {
        return text.substring(start, at);
      }
    }
    throw new ExpressionException("a class that is not closed");
  }

  /// Escapes in a class that mean the same here and there.
  private void requireKnown() {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : 'Q';
    boolean letter = c < 128 && Character.isLetterOrDigit(c);
    if (letter && (CLASSES + CONTROLS + "pPux").indexOf(c) < 0) {
      throw new ExpressionException("an escape that is not known here");
    }
  }

  private PatternNode escape() {
    if (at + 1 >= text.length()) {
      throw new ExpressionException("an escape of nothing");
    }
    char c = text.charAt(at + 1);
    if ((c >= '0' && c <= '9') || c == 'k' || c == 'g') {
      throw new ExpressionException("a reference to what was matched before");
    }
    if (ZERO_WIDTH.indexOf(c) >= 0) {
      at += 2;
      return new Assertion(new Sequence(List.of()));
    }
    if (c == 'p' || c == 'P') {
      int end = at + 2 < text.length() && text.charAt(at + 2) == '{' ? text.indexOf('}', at) : -1;
      if (end < 0) {
        throw new ExpressionException("an escape that is not known here");
      }
      return taken(end + 1);
    }
    if (c == 'u' && text.substring(at).matches("(?s)\\\\u[0-9a-fA-F]{4}.*")) {
      return taken(at + 6);
    }
    if (c == 'x' && text.substring(at).matches("(?s)\\\\x\\{[0-9a-fA-F]{1,6}}.*")) {
      return taken(text.indexOf('}', at) + 1);
    }
    if ((CLASSES + CONTROLS).indexOf(c) >= 0) {
      return taken(at + 2);
    }
    if (c < 128 && Character.isLetterOrDigit(c)) {
      throw new ExpressionException("an escape that is not known here");
    }
    int codePoint = text.codePointAt(at + 1);
    at += 1 + Character.charCount(codePoint);
    return literal(codePoint);
  }

  private PatternNode taken(int end) {
    String escape = text.substring(at, end);
    at = end;
    return chars(escape);
  }

  private PatternNode literal(int codePoint) {
    return new Chars(codePoints.of(codePoint, ignoreCase));
  }

  private PatternNode chars(String characterClass) {
    return new Chars(codePoints.of(characterClass, ignoreCase));
  }

  private boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private boolean look(String... choices) {
    for (String choice : choices) {
      if (text.startsWith(choice, at)) {
        at += choice.length();
        return true;
      }
    }
    return false;
  }
}
