package io.lexiscope.base;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lines of comma-separated values (RFC 4180), ended by CR LF. Text is always quoted: it may be a
/// comma, a quote, a line break, or begin with what a spreadsheet takes for a formula. A number
/// that is absent or not finite is an empty field.
public final class Csv {
  /// The end of a line.
  public static final String END = "\r\n";

  private final StringBuilder out = new StringBuilder();

  /// A text of ours that needs no quotes, as the names of the columns.
  ///
  /// @param text letters
  public record Word(String text) {}

  /// Starts with the names of the columns.
  ///
  /// @param columns names with commas between them
  public Csv(String columns) {
    out.append(columns).append(END);
  }

  /// Adds a line of texts and numbers.
  public Csv line(@Nullable Object... fields) {
    out.append(row(fields));
    return this;
  }

  /// A line of texts and numbers with its end, for a table that grows.
  public static String row(@Nullable Object... fields) {
    return Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(",", "", END));
  }

  private static String field(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double number -> Double.isFinite(number) ? number.toString() : "";
      case Float number -> Float.isFinite(number) ? number.toString() : "";
      case Number number -> number.toString();
      case Word word -> word.text();
      default -> '"' + value.toString().replace("\"", "\"\"") + '"';
    };
  }

  /// The table.
  @Override
  public String toString() {
    return out.toString();
  }
}
