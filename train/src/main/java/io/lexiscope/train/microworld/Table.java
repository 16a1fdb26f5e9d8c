package io.lexiscope.train.microworld;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table of words, one of the `*.tsv` resources; `-` is an empty cell.
///
/// @param name file name without ending
/// @param rows column name → cell, in the order of the file
record Table(String name, List<Map<String, String>> rows) {
  private static final String EMPTY = "-";

  Table {
    rows = List.copyOf(rows);
  }

  static Table read(String name) {
    String resource = name + ".tsv";
    try (var in = Table.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "readTable: expected the resource %s beside %s, got none"
                .formatted(resource, Table.class.getName()));
      }
      var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      String[] columns = lines.getFirst().split("\t", -1);
      var rows = new ArrayList<Map<String, String>>();
      for (int line = 1; line < lines.size(); line++) {
        String[] cells = lines.get(line).split("\t", -1);
        if (cells.length != columns.length) {
          throw new IllegalStateException(
              "readTable: expected %d cells, got %d in %s line %d"
                  .formatted(columns.length, cells.length, resource, line + 1));
        }
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < cells.length; i++) {
          if (!cells[i].equals(EMPTY)) {
            row.put(columns[i], cells[i]);
          }
        }
        rows.add(row);
      }
      return new Table(name, rows);
    } catch (IOException e) {
      throw new UncheckedIOException("readTable: could not read " + resource, e);
    }
  }

  /// Returns the cells of one column that are not empty.
  List<String> column(String column) {
    return rows.stream().filter(r -> r.containsKey(column)).map(r -> cell(r, column)).toList();
  }

  /// Returns the cells of `column` in the rows whose `by` cell is `value`.
  List<String> column(String column, String by, String value) {
    return rows.stream().filter(r -> value.equals(r.get(by))).map(r -> cell(r, column)).toList();
  }

  /// Returns the rows without an empty cell.
  List<Map<String, String>> completeRows() {
    int columns = rows.stream().mapToInt(Map::size).max().orElse(0);
    return rows.stream().filter(r -> r.size() == columns).toList();
  }

  /// Returns a cell that is known to be filled.
  static String cell(Map<String, String> row, String column) {
    String cell = row.get(column);
    if (cell == null) {
      throw new IllegalStateException(
          "readTable: expected a filled cell '%s', got %s".formatted(column, row));
    }
    return cell;
  }
}
