package io.lexiscope.model.tokenizer;

import java.util.Arrays;

/// A text as it is handed to the native library, and where each of its characters stands in the
/// text that was given.
final class Spelling {
  private final StringBuilder text = new StringBuilder();
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;

  /// The text as it is.
  static Spelling of(String text) {
    var spelling = new Spelling();
    spelling.appendAsIs(text, 0, text.length());
    return spelling;
  }

  /// A part of a text, each character standing for itself.
  void appendAsIs(String given, int from, int to) {
    for (int at = from; at < to; ) {
      int codePoint = given.codePointAt(at);
      int next = at + Character.charCount(codePoint);
      append(codePoint, at, next);
      at = next;
    }
  }

  /// @param start where what it stands for begins in the given text, as an index of UTF-16
  /// @param end where that ends
  void append(int codePoint, int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    starts[size] = start;
    ends[size] = end;
    size++;
    text.appendCodePoint(codePoint);
  }

  /// Takes the last characters back that are this one.
  ///
  /// @param downTo how many are kept in any case
  void removeAllLast(int codePoint, int downTo) {
    while (size > downTo && text.codePointBefore(text.length()) == codePoint) {
      text.setLength(text.length() - Character.charCount(codePoint));
      size--;
    }
  }

  int size() {
    return size;
  }

  String text() {
    return text.toString();
  }

  /// @param codePoint index of a character, or the number of them for the end
  int start(int codePoint) {
    return codePoint < size ? starts[codePoint] : size == 0 ? 0 : ends[size - 1];
  }

  /// Where a token ends.
  ///
  /// @param from index of its first character
  /// @param to index behind its last one
  int end(int from, int to) {
    return to <= from || size == 0 ? start(from) : ends[Math.min(to, size) - 1];
  }
}
