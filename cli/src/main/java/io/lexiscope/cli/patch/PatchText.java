package io.lexiscope.cli.patch;

import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.workbench.patch.PatchResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A patching sweep as text: the finding, and a grid where it fits the terminal, or else the cells
/// that move the output most.
final class PatchText {
  private static final int CELL = 9;
  private static final int MOST_CELLS = 20;

  private PatchText() {}

  static String of(PatchResult result, int columns) {
    var text = new StringBuilder();
    text.append(result.finding()).append("\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%s%s, %s against %s: clean %s, corrupt %s%s%n",
            result.metric(),
            result.normalised() ? ", 0 to 1" : "",
            "“" + Text.token(result.target().text()) + "”",
            "“" + Text.token(result.against().text()) + "”",
            number(result.baselineClean()),
            number(result.baselineCorrupt()),
            result.pairs() > 1 ? ", means of " + Text.count(result.pairs()) + " pairs" : ""));
    aligned(text, result);
    text.append('\n');
    int width = result.grid().isEmpty() ? 0 : result.grid().getFirst().size();
    text.append(width * CELL + CELL <= columns ? grid(result, width) : list(result));
    return text.toString();
  }

  /// Says which tokens stand for none of the other prompt.
  private static void aligned(StringBuilder text, PatchResult result) {
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < result.axes().alignment().size(); i++) {
      if (result.axes().alignment().get(i) == null) {
        alone.add(i + " “" + Text.token(result.axes().changed().get(i).text()) + "”");
      }
    }
    if (result.axes().changed().size() != result.axes().source().size()) {
      text.append(
          "prompts of %d and %d tokens, aligned by what they share; %s%n"
              .formatted(
                  result.axes().changed().size(),
                  result.axes().source().size(),
                  alone.isEmpty()
                      ? "every position stands for one of the other"
                      : "without a counterpart: " + String.join(", ", alone)));
    }
  }

  private static String column(PatchResult result, int column) {
    return result.axes().columns().equals("head")
        ? "H" + column
        : Text.fit(column + " " + Text.token(result.axes().changed().get(column).text()), CELL - 2);
  }

  private static String grid(PatchResult result, int width) {
    var table =
        new TextTable(
            Stream.concat(
                    Stream.of(">layer"),
                    IntStream.range(0, width).mapToObj(column -> ">" + column(result, column)))
                .toArray(String[]::new));
    for (int row = result.grid().size() - 1; row >= 0; row--) {
      List<Object> cells = new ArrayList<>();
      cells.add(result.axes().layers().get(row));
      result.grid().get(row).forEach(cell -> cells.add(cell == null ? "–" : number(cell)));
      table.row(cells.toArray());
    }
    return table.toString();
  }

  private record Cell(int row, int column, double value) {}

  private static String list(PatchResult result) {
    double from =
        result.direction().equals("denoising") ? result.baselineCorrupt() : result.baselineClean();
    List<Cell> cells = new ArrayList<>();
    for (int row = 0; row < result.grid().size(); row++) {
      List<@Nullable Double> line = result.grid().get(row);
      for (int column = 0; column < line.size(); column++) {
        Double value = line.get(column);
        if (value != null) {
          cells.add(new Cell(row, column, value));
        }
      }
    }
    cells.sort(Comparator.comparingDouble(cell -> -Math.abs(cell.value() - from)));
    var table = new TextTable(">layer", result.axes().columns(), ">" + result.metric(), ">change");
    for (Cell cell : cells.subList(0, Math.min(MOST_CELLS, cells.size()))) {
      table.row(
          result.axes().layers().get(cell.row()),
          column(result, cell.column()),
          number(cell.value()),
          Text.signed(cell.value() - from, 3));
    }
    return "the %d of %s cells that change it most (all with --json)%n%n"
            .formatted(Math.min(MOST_CELLS, cells.size()), Text.count(cells.size()))
        + table;
  }

  private static String number(double value) {
    return Math.abs(value) >= 1e-3 || value == 0
        ? Text.number(value, 3)
        : String.format(Locale.ROOT, "%.1e", value);
  }
}
