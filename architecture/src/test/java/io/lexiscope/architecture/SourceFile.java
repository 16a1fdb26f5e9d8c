package io.lexiscope.architecture;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A text file of the project.
///
/// @param path relative to the repository, with slashes
/// @param text its content
record SourceFile(String path, String text) {

  boolean isMainJava() {
    return path.contains("/src/main/java/") && path.endsWith(".java");
  }

  boolean isTestJava() {
    return path.contains("/src/test/java/") && path.endsWith(".java");
  }

  /// The lines that the pattern is found in, as `path:line: text`.
  List<String> linesWith(Pattern pattern) {
    var lines = text.lines().toList();
    return IntStream.range(0, lines.size())
        .filter(i -> pattern.matcher(lines.get(i)).find())
        .mapToObj(i -> path + ":" + (i + 1) + ": " + lines.get(i).strip())
        .toList();
  }
}
