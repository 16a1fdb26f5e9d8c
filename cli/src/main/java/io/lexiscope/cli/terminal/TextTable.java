package io.lexiscope.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Columns of text, aligned; numbers to the right.
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> right;

  public TextTable(String... header) {
    this.right = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String name : header) {
      boolean number = name.startsWith(">");
      right.add(number);
      names.add(number ? name.substring(1) : name);
    }
    rows.add(names);
  }

  public void row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
  }

  @Override
  public String toString() {
    int columns = right.size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Text.width(row.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        String space = " ".repeat(widths[i] - Text.width(cell));
        line.append(i == 0 ? "" : "  ").append(right.get(i) ? space + cell : cell + space);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
