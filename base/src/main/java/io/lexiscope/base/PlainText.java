package io.lexiscope.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Texts and numbers as people and editors write them.
public final class PlainText {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private PlainText() {}

  /// The text of a file in UTF-8, without the mark that some editors begin it with.
  ///
  /// @throws java.nio.charset.MalformedInputException if it holds other bytes
  /// @throws java.nio.file.FileSystemException if it is a folder, a pipe or a device, which might
  ///   never end
  public static String read(Path file) throws IOException {
    String text = Files.readString(RegularFile.check(file));
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /// The finite number that a text writes in decimals; not `4f`, `0x1p3`, `NaN` or `Infinity`,
  /// which Java reads too.
  ///
  /// @throws NumberFormatException if it writes none
  public static double decimal(String text) {
    String number = text.strip();
    double value = DECIMAL.matcher(number).matches() ? Double.parseDouble(number) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new NumberFormatException("expected a number in decimals, got '" + number + "'");
    }
    return value;
  }
}
