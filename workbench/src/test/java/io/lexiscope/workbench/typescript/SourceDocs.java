package io.lexiscope.workbench.typescript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes the comments of the view records from their source, so that the page's types carry them
/// too.
final class SourceDocs {
  private final Path repository;

  /// Docs of the records in the main sources of a repository's modules.
  SourceDocs(Path repository) {
    this.repository = repository;
  }

  /// The first paragraph of a type's comment.
  String of(Class<?> type) {
    return first(
        Pattern.compile(
            "((?:^///.*\\n)+)(?:^@.*\\n)*^public (?:record|enum|interface|final class)",
            Pattern.MULTILINE),
        type);
  }

  /// What a record says of one of its components.
  String ofComponent(Class<?> type, String component) {
    return first(
            Pattern.compile(
                "((?:^/// @param " + component + " .*\\n)(?:^///(?! @)[^\\n]*\\n)*)",
                Pattern.MULTILINE),
            type)
        .replaceFirst("^@param " + component + " ", "");
  }

  /// The comment of an enum constant.
  String ofConstant(Class<?> type, String constant) {
    return first(
        Pattern.compile("((?:^  ///.*\\n)+)^  " + constant + "\\b", Pattern.MULTILINE), type);
  }

  /// The comment of a method of an interface.
  String ofMethod(Class<?> type, String method) {
    return first(
        Pattern.compile(
            "((?:^  ///.*\\n)+)(?:^  @.*\\n)*^  [\\w ]+ " + method + "\\(", Pattern.MULTILINE),
        type);
  }

  /// A module's classes live in the package of its name.
  private Path source(Class<?> type) {
    var module = type.getPackageName().split("\\.")[2];
    return repository
        .resolve(module)
        .resolve("src/main/java")
        .resolve(type.getPackageName().replace('.', '/'))
        .resolve(type.getSimpleName() + ".java");
  }

  private String first(Pattern pattern, Class<?> type) {
    try {
      Matcher found = pattern.matcher(Files.readString(source(type)));
      if (!found.find()) {
        return "";
      }
      var text = found.group(1).replaceAll("(?m)^ *///? ?", "");
      var end = text.indexOf("\n\n");
      return (end < 0 ? text : text.substring(0, end)).replaceAll("\\s+", " ").strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
