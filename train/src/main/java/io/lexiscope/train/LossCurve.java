package io.lexiscope.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/// The file `loss.csv`: one row for every report of a run.
///
/// @param file where it is
record LossCurve(Path file) {
  private static final String HEADER = "step,loss,learning_rate,tokens_per_second\n";

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
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, HEADER + String.join("\n", kept) + (kept.isEmpty() ? "" : "\n"));
      Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      throw new TrainingException(
          "train: expected to write the loss curve %s, got %s".formatted(file, e), e);
    }
  }

  /// Appends a row. The loss is written with all its digits, so that runs can be compared.
  void add(Progress progress) {
    try {
      Files.writeString(
          file,
          String.format(
              Locale.ROOT,
              "%d,%s,%.4e,%.0f%n",
              progress.step(),
              progress.loss(),
              progress.learningRate(),
              progress.pace().tokensPerSecond()),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new TrainingException(
          "train: expected to write the loss curve %s, got %s".formatted(file, e), e);
    }
  }
}
