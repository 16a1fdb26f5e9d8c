package io.lexiscope.train;

import io.lexiscope.base.Csv;
import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The file `loss.csv`: one row for every report of a run.
///
/// @param file where it is
record LossCurve(Path file) {
  private static final String COLUMNS = "step,loss,learning_rate,tokens_per_second";

  /// Starts an empty curve, or cuts one off behind a step.
  ///
  /// @param step last step that is kept
  void continueFrom(long step) {
    try {
      List<String> kept =
          step > 0 && Files.exists(file)
              ? Files.readAllLines(file).stream()
                  .skip(1)
                  .filter(row -> Long.parseLong(row.substring(0, row.indexOf(','))) <= step)
                  .toList()
              : List.of();
      WholeFile.write(
          file,
          Stream.concat(Stream.of(COLUMNS), kept.stream())
              .map(line -> line + Csv.END)
              .collect(Collectors.joining()));
    } catch (IOException | RuntimeException e) {
      throw new TrainingException(
          "train: expected to write the loss curve %s, got %s".formatted(file, OneLine.of(e)), e);
    }
  }

  /// Appends a row. The loss is written with all its digits, so that runs can be compared.
  void add(TrainingProgress progress) {
    try {
      Files.writeString(
          file,
          Csv.row(
              progress.step(),
              progress.loss(),
              progress.learningRate(),
              Math.round(progress.pace().tokensPerSecond())),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new TrainingException(
          "train: expected to write the loss curve %s, got %s".formatted(file, OneLine.of(e)), e);
    }
  }
}
