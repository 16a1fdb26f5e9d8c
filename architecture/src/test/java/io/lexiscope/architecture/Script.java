package io.lexiscope.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs a command of the repository and keeps what it prints.
///
/// @param exitCode what it ended with
/// @param output its standard output and error output, in the order they were written
record Script(int exitCode, String output) {

  static Script run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    var printed = Files.createTempFile("script", ".txt");
    try {
      var builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("LEXISCOPE_") || name.equals("FAILED_STEPS"));
      builder.environment().putAll(environment);
      var exitCode = builder.start().waitFor();
      return new Script(exitCode, Files.readString(printed, UTF_8));
    } finally {
      Files.delete(printed);
    }
  }

  /// A file of the repository by its path from the root.
  static String file(String path) {
    Path file = Repository.ofThisProject().root().resolve(path);
    if (!Files.exists(file))
      throw new AssertionError("script: expected a file, got none at " + file);
    return file.toString();
  }
}
