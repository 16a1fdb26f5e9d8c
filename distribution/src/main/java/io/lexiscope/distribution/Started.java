package io.lexiscope.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that was started with an environment of its own, its output going to a file.
final class Started implements AutoCloseable {
  private final Process process;
  private final List<String> command;
  private final Path output;

  /// Starts it.
  ///
  /// @param environment all of its variables
  /// @param folder where it works, and where its output goes
  Started(List<String> command, Map<String, String> environment, Path folder) throws IOException {
    this.command = command;
    this.output = Files.createTempFile(folder, "output", ".txt");
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    this.process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  /// What it has written, both streams.
  String output() throws IOException {
    return Files.readString(output, UTF_8);
  }

  /// Waits for a line, for a process that goes on.
  ///
  /// @throws DistributionException if it ends, or writes none within two minutes
  String firstLine() throws IOException, InterruptedException {
    var until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < until) {
      var text = output();
      if (text.contains("\n")) {
        return text.lines().findFirst().orElse("");
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(50);
    }
    throw new DistributionException(command + ": expected a line, got: " + output());
  }

  /// Waits for its end.
  ///
  /// @return what it wrote
  /// @throws DistributionException if it fails, or takes longer than two minutes
  String await() throws IOException, InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new DistributionException(command + ": expected an end within two minutes, got none");
    }
    if (process.exitValue() != 0) {
      throw new DistributionException(
          "%s: expected exit code 0, got %d: %s".formatted(command, process.exitValue(), output()));
    }
    return output();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
