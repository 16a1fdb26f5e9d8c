package io.lexiscope.workbench.values;

import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.ArrayList;
import java.util.List;

/// A table of prompts with values, comma-separated (RFC 4180).
///
/// @param names of the values
/// @param prompts in the order of the lines
/// @param values of each prompt
record ValueTable(List<String> names, List<String> prompts, List<List<Double>> values) {

  /// Reads a table.
  ///
  /// @throws WorkbenchException of kind `invalid` naming the line that cannot be read
  static ValueTable of(String text, String file) {
    List<List<String>> lines = lines(text, file);
    List<String> header = lines.isEmpty() ? List.of() : lines.getFirst();
    if (header.size() < 2) {
      throw WorkbenchException.invalid(
          "data",
          "trace: expected a line of names, the prompt's first, got %d names in %s; write prompt and the names of the values"
              .formatted(header.size(), file));
    }
    List<String> prompts = new ArrayList<>();
    List<List<Double>> values = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> line = lines.get(i);
      if (line.size() != header.size()) {
        throw WorkbenchException.invalid(
            "data",
            "trace: expected %d fields, got %d at %s line %d; give each prompt all values"
                .formatted(header.size(), line.size(), file, i + 1));
      }
      prompts.add(line.getFirst());
      List<Double> numbers = new ArrayList<>();
      for (String field : line.subList(1, line.size())) {
        numbers.add(number(field, file, i + 1));
      }
      values.add(numbers);
    }
    return new ValueTable(header.subList(1, header.size()), prompts, values);
  }

  private static double number(String field, String file, int line) {
    try {
      return Double.parseDouble(field.strip());
    } catch (NumberFormatException notANumber) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "trace: expected a number, got another text at %s line %d; write values as 12 or 1.5"
              .formatted(file, line),
          "data",
          notANumber);
    }
  }

  private static List<List<String>> lines(String text, String file) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (quoted && i == text.length()) {
        throw WorkbenchException.invalid(
            "data", "trace: expected a closing quote, got none in %s; add it".formatted(file));
      }
      if (c == '"') {
        boolean escaped = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (escaped) {
          field.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
        field.append(c);
      } else if (c != '\r') {
        line.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          if (line.size() > 1 || !line.getFirst().isBlank()) {
            lines.add(List.copyOf(line));
          }
          line.clear();
        }
      }
    }
    return lines;
  }
}
