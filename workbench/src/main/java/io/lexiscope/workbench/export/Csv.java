package io.lexiscope.workbench.export;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lines of comma-separated values (RFC 4180), ended by CR LF. Text is always quoted: it may be a
/// comma, a quote, a line break, or begin with what a spreadsheet takes for a formula. A number
/// that is absent or not finite is an empty field.
final class Csv {
  private final StringBuilder out = new StringBuilder();

  /// Starts with the names of the columns.
  Csv(String columns) {
    out.append(columns).append("\r\n");
  }

  /// Adds a line of texts and numbers.
  Csv line(@Nullable Object... fields) {
    out.append(Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(",")))
        .append("\r\n");
    return this;
  }

  private static String field(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double number -> Double.isFinite(number) ? number.toString() : "";
      case Number number -> number.toString();
      default -> '"' + value.toString().replace("\"", "\"\"") + '"';
    };
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
