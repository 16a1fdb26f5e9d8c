package io.lexiscope.base;

import java.nio.file.FileSystemException;
import java.util.Locale;

/// Texts for a place that has one line.
public final class OneLine {
  private OneLine() {}

  /// The first line of a text, without blanks around it.
  public static String of(String text) {
    return text.lines().findFirst().orElse("").strip();
  }

  /// What something thrown says: the first line of its message, or the name of its class where it
  /// says nothing. Of a file only the reason: whoever reports it names the file.
  public static String of(Throwable thrown) {
    String said =
        thrown instanceof FileSystemException file ? file.getReason() : thrown.getMessage();
    return said == null || said.isBlank() ? thrown.getClass().getSimpleName() : of(said);
  }

  /// The text without what steers a terminal or turns its lines round: control characters but line
  /// breaks and tabs, and the marks and overrides of writing direction, as `\\u001b`.
  public static String printable(String text) {
    if (text.codePoints().noneMatch(OneLine::steers)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (steers(point)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", point));
              } else {
                shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }

  /// The same, and no longer than so many characters: of a longer one the beginning and the end,
  /// which says what to do.
  public static String printable(String text, int longest) {
    String shown = printable(text);
    if (shown.length() <= longest) {
      return shown;
    }
    int end = longest / 3;
    int begin = shown.offsetByCodePoints(0, shown.codePointCount(0, longest - end));
    int rest = shown.length() - end;
    return shown.substring(0, begin)
        + "…"
        + shown.substring(Character.isLowSurrogate(shown.charAt(rest)) ? rest + 1 : rest);
  }

  /// Whether a character steers a terminal or turns lines round.
  public static boolean steers(int point) {
    return (Character.isISOControl(point) && point != '\n' && point != '\t')
        || point == 0x061C
        || (point >= 0x200E && point <= 0x200F)
        || (point >= 0x2028 && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }
}
