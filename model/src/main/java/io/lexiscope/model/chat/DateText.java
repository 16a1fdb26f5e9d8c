package io.lexiscope.model.chat;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A time written as C's `strftime` writes it, in English.
final class DateText {
  private DateText() {}

  static String of(LocalDateTime time, String format, Budget budget) {
    var text = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%' || at == format.length()) {
        text.append(c);
        continue;
      }
      boolean bare = format.charAt(at) == '-' && at + 1 < format.length();
      char kind = format.charAt(bare ? at + 1 : at);
      at += bare ? 2 : 1;
      String pattern =
          switch (kind) {
            case 'Y' -> "yyyy";
            case 'y' -> "yy";
            case 'm' -> "MM";
            case 'd' -> "dd";
            case 'e' -> "ppd";
            case 'B' -> "MMMM";
            case 'b', 'h' -> "MMM";
            case 'A' -> "EEEE";
            case 'a' -> "EEE";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'M' -> "mm";
            case 'S' -> "ss";
            case 'p' -> "a";
            case 'j' -> "DDD";
            case 'F' -> "yyyy-MM-dd";
            case 'T' -> "HH:mm:ss";
            case 'D' -> "MM/dd/yy";
            case 'R' -> "HH:mm";
            case '%' -> "'%'";
            default -> throw budget.failed("a date in strftime's letters", "'%" + kind + "'");
          };
      String part = time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
      text.append(bare && part.startsWith("0") ? part.substring(1) : part);
    }
    return budget.made(text.toString());
  }
}
