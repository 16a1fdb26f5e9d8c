package io.lexiscope.cli.heads;

import io.lexiscope.base.OneLine;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A pattern of attention in a file: a list of rows in JSON.
final class AttendFile {
  private AttendFile() {}

  /// @param rows one for each position that looks
  record Rows(List<List<Double>> rows) {
    Rows {
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  static List<List<Double>> read(Path file) {
    String json;
    try {
      json = Files.readString(file);
    } catch (IOException unreadable) {
      throw new UsageException(
          "--attend: expected a file that can be read, got "
              + OneLine.of(unreadable)
              + " at "
              + file
              + "; give the path of a JSON file");
    }
    try {
      return ViewJson.read("{\"rows\":" + json + "}", Rows.class).rows();
    } catch (WorkbenchException otherwise) {
      throw new UsageException(
          "--attend: expected a list of rows of numbers such as [[1,0],[1,0]], got something else in "
              + file
              + "; "
              + otherwise.getMessage());
    }
  }
}
