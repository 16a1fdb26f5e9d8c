package io.lexiscope.cli.terminal;

import io.lexiscope.base.OneLine;
import java.util.Locale;

/// Words and numbers as the terminal shows them.
public final class Text {
  private Text() {}

  /// A token with its spaces and line breaks visible: `␣Paris`, `⏎`.
  public static String token(String text) {
    if (text.isEmpty()) {
      return "∅";
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case ' ' -> shown.append('␣');
                case '\n' -> shown.append('⏎');
                case '\t' -> shown.append('⇥');
                case '\r' -> shown.append('␍');
                default -> {
                  if (OneLine.steers(point)) {
                    shown.append(String.format(Locale.ROOT, "\\u%04x", point));
                  } else {
                    shown.appendCodePoint(point);
                  }
                }
              }
            });
    return shown.toString();
  }

  /// The text cut to a number of columns.
  public static String fit(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int wide = width(point);
      if (used + wide > columns - 1) {
        break;
      }
      cut.appendCodePoint(point);
      used += wide;
      i += Character.charCount(point);
    }
    return cut.append('…').toString();
  }

  /// How many columns a text takes.
  public static int width(String text) {
    return text.codePoints().map(Text::width).sum();
  }

  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0x1F300 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  /// A probability in at most six columns.
  public static String probability(double value) {
    if (!Double.isFinite(value)) {
      return "not finite";
    }
    if (value >= 0.0005) {
      return String.format(Locale.ROOT, "%.3f", value);
    }
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.0e", value);
  }

  /// A number with the given digits after the point.
  public static String number(double value, int digits) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%." + digits + "f", value)
        : "not finite";
  }

  /// A number with its sign and the given digits after the point.
  public static String signed(double value, int digits) {
    return (value >= 0 ? "+" : "") + number(value, digits);
  }

  /// A small number as a power of ten.
  public static String small(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : "not finite";
  }

  /// A whole number with separators between thousands.
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// A count with what is counted, such as `1 event` and `2,000 events`.
  public static String counted(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /// A size in bytes in the unit that suits it.
  public static String bytes(long value) {
    if (value < 1 << 10) {
      return value + " B";
    }
    if (value < 1 << 20) {
      return String.format(Locale.ROOT, "%.1f KiB", value / 1024.0);
    }
    if (value < 1 << 30) {
      return String.format(Locale.ROOT, "%.1f MiB", value / 1048576.0);
    }
    return String.format(Locale.ROOT, "%.2f GiB", value / 1073741824.0);
  }

  /// A bar of eighths of a column.
  public static String bar(double share, int columns) {
    int eighths = (int) Math.round(Math.clamp(share, 0, 1) * columns * 8);
    String partial = eighths % 8 == 0 ? "" : String.valueOf((char) ('█' + 8 - eighths % 8));
    return "█".repeat(eighths / 8) + partial;
  }
}
