package io.lexiscope.model.chat;

import io.lexiscope.base.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a template into text, statements and expressions, and these into words, with the rules for
/// whitespace that `transformers` sets: a line break behind a statement goes, and so do blanks
/// before one at the start of a line.
final class TemplateLexer {
  private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}");
  private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%}");
  private static final List<String> LONG = List.of("==", "!=", ">=", "<=", "//", "**");
  private static final String SHORT = "+-*/%~[](){}><=.:|,;";

  /// What a word is.
  enum Kind {
    /// Text between statements.
    DATA,
    /// `{%`, `%}`, `{{`, `}}`.
    FENCE,
    NAME,
    TEXT,
    WHOLE,
    REAL,
    OPERATOR,
    END
  }

  /// A word of the template.
  ///
  /// @param text its characters; of a string what they stand for
  record Word(Kind kind, String text, int line) {
    boolean is(Kind wanted, String text) {
      return kind == wanted && this.text.equals(text);
    }
  }

  private final String source;
  private final List<Word> words = new ArrayList<>();
  private int at;
  private int counted;
  private int line = 1;
  private boolean lineStarts = true;

  private TemplateLexer(String source) {
    this.source = source;
  }

  static List<Word> words(String template) {
    String lines = template.replace("\r\n", "\n").replace('\r', '\n');
    return new TemplateLexer(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines)
        .all();
  }

  private List<Word> all() {
    while (at < source.length()) {
      int open = nextOpening(at);
      if (open < 0) {
        data(source.substring(at));
        at = source.length();
        break;
      }
      char kind = source.charAt(open + 1);
      char sign = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
      String before = source.substring(at, open);
      if (sign == '-') {
        before = before.stripTrailing();
      } else if (sign != '+' && kind != '{') {
        before = withoutIndent(before);
      }
      data(before);
      at = open;
      switch (kind) {
        case '#' -> comment();
        case '%' -> {
          if (!raw()) {
            code("%}");
          }
        }
        default -> code("}}");
      }
    }
    words.add(new Word(Kind.END, "", lineAt(at)));
    return words;
  }

  private int nextOpening(int from) {
    for (int open = source.indexOf('{', from); open >= 0; open = source.indexOf('{', open + 1)) {
      if (open + 1 < source.length() && "{%#".indexOf(source.charAt(open + 1)) >= 0) {
        return open;
      }
    }
    return -1;
  }

  private String withoutIndent(String before) {
    int start = before.lastIndexOf('\n') + 1;
    return (start > 0 || lineStarts) && before.substring(start).isBlank()
        ? before.substring(0, start)
        : before;
  }

  private void data(String text) {
    if (!text.isEmpty()) {
      words.add(new Word(Kind.DATA, text, lineAt(at)));
    }
  }

  private int lineAt(int place) {
    for (; counted < place; counted++) {
      if (source.charAt(counted) == '\n') {
        line++;
      }
    }
    return line;
  }

  private void comment() {
    int end = source.indexOf("#}", at + 2);
    if (end < 0) {
      throw broken("the end of a comment", "none");
    }
    at = end + 2;
    behind(source.charAt(end - 1), /* statement= */ true);
  }

  /// What a closing fence takes along.
  private void behind(char sign, boolean statement) {
    int start = at;
    if (sign == '-') {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
    } else if (statement && sign != '+' && at < source.length() && source.charAt(at) == '\n') {
      at++;
    }
    lineStarts = at > start && source.charAt(at - 1) == '\n';
  }

  private boolean raw() {
    Matcher start = RAW.matcher(source).region(at, source.length());
    if (!start.lookingAt()) {
      return false;
    }
    Matcher end = RAW_END.matcher(source);
    if (!end.find(start.end())) {
      throw broken("an endraw", "none");
    }
    at = start.end();
    behind(start.group(1).isEmpty() ? ' ' : '-', /* statement= */ true);
    String text = source.substring(at, Math.max(at, end.start()));
    data(
        end.group(1).equals("-")
            ? text.stripTrailing()
            : end.group(1).isEmpty() ? withoutIndent(text) : text);
    at = end.end();
    behind(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0), /* statement= */ true);
    return true;
  }

  private void code(String closing) {
    int began = lineAt(at);
    words.add(new Word(Kind.FENCE, source.substring(at, at + 2), began));
    at += 2;
    if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
      at++;
    }
    int open = 0;
    while (true) {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
      if (at >= source.length()) {
        throw broken("'" + closing + "' behind line " + began, "the end");
      }
      if (open == 0 && closes(closing)) {
        words.add(new Word(Kind.FENCE, closing, lineAt(at)));
        return;
      }
      String word = word();
      open += "([{".contains(word) ? 1 : ")]}".contains(word) ? -1 : 0;
      if (open < 0) {
        throw broken("brackets in pairs", "'" + word + "'");
      }
    }
  }

  private boolean closes(String closing) {
    char first = source.charAt(at);
    boolean signed = first == '-' || (first == '+' && closing.equals("%}"));
    int place = signed ? at + 1 : at;
    if (!source.startsWith(closing, place)) {
      return false;
    }
    at = place + 2;
    behind(signed ? first : ' ', closing.equals("%}"));
    return true;
  }

  /// Takes a word; gives its characters where it is an operator, else something that is none.
  private String word() {
    char c = source.charAt(at);
    int start = at;
    int begins = lineAt(at);
    if (c == '_' || Character.isLetter(c)) {
      while (at < source.length()
          && (source.charAt(at) == '_' || Character.isLetterOrDigit(source.charAt(at)))) {
        at++;
      }
      words.add(new Word(Kind.NAME, source.substring(start, at), begins));
      return "name";
    }
    if (Character.isDigit(c)) {
      number(begins);
      return "number";
    }
    if (c == '\'' || c == '"') {
      words.add(new Word(Kind.TEXT, string(c), begins));
      return "text";
    }
    String operator =
        LONG.stream()
            .filter(some -> source.startsWith(some, start))
            .findFirst()
            .orElse(String.valueOf(c));
    if (operator.length() == 1 && SHORT.indexOf(c) < 0) {
      throw broken("an expression", "'" + c + "'");
    }
    at += operator.length();
    words.add(new Word(Kind.OPERATOR, operator, begins));
    return operator;
  }

  private void number(int begins) {
    int start = at;
    digits();
    boolean real = false;
    if (at + 1 < source.length()
        && source.charAt(at) == '.'
        && Character.isDigit(source.charAt(at + 1))) {
      real = true;
      at++;
      digits();
    }
    if (at + 1 < source.length() && "eE".indexOf(source.charAt(at)) >= 0) {
      int digits = "+-".indexOf(source.charAt(at + 1)) >= 0 ? at + 2 : at + 1;
      if (digits < source.length() && Character.isDigit(source.charAt(digits))) {
        real = true;
        at = digits;
        digits();
      }
    }
    String text = source.substring(start, at).replace("_", "");
    if (text.length() > (real ? 40 : 18)) {
      throw broken("a number of at most 18 digits", text.length() + " characters");
    }
    words.add(new Word(real ? Kind.REAL : Kind.WHOLE, text, begins));
  }

  private void digits() {
    while (at < source.length()
        && (Character.isDigit(source.charAt(at)) || source.charAt(at) == '_')) {
      at++;
    }
  }

  private String string(char quote) {
    var text = new StringBuilder();
    for (at++; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == quote) {
        at++;
        return text.toString();
      }
      if (c == '\\' && at + 1 < source.length()) {
        at++;
        escaped(text);
      } else {
        text.append(c);
      }
    }
    throw broken("the end of a string", "none");
  }

  private void escaped(StringBuilder text) {
    char c = source.charAt(at);
    switch (c) {
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'r' -> text.append('\r');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'a' -> text.append('\u0007');
      case 'v' -> text.append('\u000B');
      case '0' -> text.append('\0');
      case '\\', '\'', '"' -> text.append(c);
      case '\n' -> {}
      case 'x' -> hexadecimal(text, 2);
      case 'u' -> hexadecimal(text, 4);
      case 'U' -> hexadecimal(text, 8);
      default -> text.append('\\').append(c);
    }
  }

  private void hexadecimal(StringBuilder text, int digits) {
    String hex = source.substring(at + 1, Math.min(source.length(), at + 1 + digits));
    int point =
        hex.length() == digits && hex.matches("[0-9a-fA-F]+")
            ? Integer.parseUnsignedInt(hex, 16)
            : -1;
    if (!Character.isValidCodePoint(point)) {
      throw broken("a character's number in hexadecimal", "'" + hex + "'");
    }
    text.appendCodePoint(point);
    at += digits;
  }

  private ChatException broken(String expected, String got) {
    return new ChatException(
        "chat: expected %s, got %s at line %d of the template; mend the template, or leave --chat out"
            .formatted(expected, OneLine.of(got), lineAt(Math.min(at, source.length()))));
  }
}
