package io.lexiscope.model.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/// What Python does with strings.
final class Texts {
  private static final String LINE_ENDS = "\n\r\u000B\f\u001C\u001D\u001E\u0085\u2028\u2029";

  private Texts() {}

  /// White space as Python's `str.isspace` has it: no-break spaces are, too.
  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  static String stripped(String text, IntPredicate goes, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && goes.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && goes.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, Math.max(start, end));
  }

  /// `str.title`: a letter is large where none stands before it.
  static String title(String text) {
    var title = new StringBuilder();
    boolean inside = false;
    for (int c : text.codePoints().toArray()) {
      title.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inside = Character.isLetter(c);
    }
    return title.toString();
  }

  static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return Character.toString(Character.toTitleCase(text.codePointAt(0)))
        + text.substring(first).toLowerCase(java.util.Locale.ROOT);
  }

  static String swapped(String text) {
    var swapped = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .forEach(swapped::appendCodePoint);
    return swapped.toString();
  }

  static List<String> lines(String text, boolean keepEnds) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (LINE_ENDS.indexOf(c) >= 0) {
        int end = at;
        if (c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
          at++;
        }
        lines.add(text.substring(start, keepEnds ? at + 1 : end));
        start = at + 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  /// `str.split` at white space.
  ///
  /// @param most splits, negative for any number
  static List<String> words(String text, long most, boolean fromRight) {
    List<String> words = new ArrayList<>();
    int at = fromRight ? text.length() : 0;
    while (true) {
      String rest =
          stripped(
              fromRight ? text.substring(0, at) : text.substring(at),
              Texts::isSpace,
              !fromRight,
              fromRight);
      if (rest.isEmpty()) {
        break;
      }
      if (most >= 0 && words.size() >= most) {
        words.add(rest);
        break;
      }
      int end = fromRight ? lastSpace(rest) : firstSpace(rest);
      words.add(fromRight ? rest.substring(end) : rest.substring(0, end));
      at = fromRight ? end : text.length() - rest.length() + end;
    }
    if (fromRight) {
      Collections.reverse(words);
    }
    return words;
  }

  private static int firstSpace(String text) {
    int at = 0;
    while (at < text.length() && !isSpace(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private static int lastSpace(String text) {
    int at = text.length();
    while (at > 0 && !isSpace(text.codePointBefore(at))) {
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at;
  }

  static List<String> split(String text, String separator, long most, boolean fromRight) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int end = text.length();
    while (most < 0 || parts.size() < most) {
      int at =
          fromRight
              ? text.lastIndexOf(separator, end - separator.length())
              : text.indexOf(separator, start);
      if (at < 0 || (fromRight && end < separator.length())) {
        break;
      }
      parts.add(
          fromRight ? text.substring(at + separator.length(), end) : text.substring(start, at));
      if (fromRight) {
        end = at;
      } else {
        start = at + separator.length();
      }
    }
    parts.add(text.substring(start, end));
    if (fromRight) {
      Collections.reverse(parts);
    }
    return parts;
  }

  static long occurrences(String text, String wanted) {
    if (wanted.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
      count++;
    }
    return count;
  }

  /// @param most replacements, negative for any number
  static String replaced(String text, String old, String by, long most, Budget budget) {
    budget.search(text.length(), old.length());
    long times = occurrences(text, old);
    times = most < 0 ? times : Math.min(times, most);
    budget.make(text.length() + times * by.length());
    var result = new StringBuilder();
    int start = 0;
    for (long i = 0; i < times; i++) {
      int at = old.isEmpty() ? start : text.indexOf(old, start);
      result.append(text, start, at).append(by);
      start = at + old.length();
      if (old.isEmpty() && start < text.length()) {
        int next = text.offsetByCodePoints(start, 1);
        result.append(text, start, next);
        start = next;
      }
    }
    return result.append(text, start, text.length()).toString();
  }
}
