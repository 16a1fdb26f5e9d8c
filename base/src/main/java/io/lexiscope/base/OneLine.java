package io.lexiscope.base;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Texts for a place that has one line.
public final class OneLine {
  private OneLine() {}

  /// The first line of a text, without blanks around it.
  public static String of(String text) {
    return text.lines().findFirst().orElse("").strip();
  }

  /// What something thrown says: the first line of its message, or the name of its class where it
  /// says nothing. Of a file only the reason, in words: whoever reports it names the file.
  public static String of(Throwable thrown) {
    return switch (thrown) {
      case NoSuchFileException _ -> "none";
      case AccessDeniedException _ -> "no permission";
      case FileAlreadyExistsException _ -> "a file that is there";
      case NotDirectoryException _ -> "a file where a folder belongs";
      case DirectoryNotEmptyException _ -> "a folder that is not empty";
      case FileSystemLoopException _ -> "links that lead in a circle";
      case CharacterCodingException _ -> "bytes that are no text in UTF-8";
      case FileSystemException file -> said(file.getReason(), "a refusal of the file system");
      default -> said(thrown.getMessage(), thrown.getClass().getSimpleName());
    };
  }

  private static String said(@Nullable String message, String otherwise) {
    return message == null || message.isBlank() ? otherwise : of(message);
  }

  /// The text without what steers a terminal or turns its lines round: control characters but line
  /// breaks and tabs, the marks and overrides of writing direction, and halves of surrogate pairs,
  /// which are no characters, as `\\u001b`.
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

  /// Whether a character steers a terminal, turns lines round, or is none.
  public static boolean steers(int point) {
    return (Character.isISOControl(point) && point != '\n' && point != '\t')
        || point == 0x061C
        || (point >= 0x200E && point <= 0x200F)
        || (point >= 0x2028 && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069)
        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}
