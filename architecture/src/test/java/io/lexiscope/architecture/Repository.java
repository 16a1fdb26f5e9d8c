package io.lexiscope.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The text files of the project, without what builds write.
///
/// @param root the repository's folder
/// @param files its text files, relative to the root
record Repository(Path root, List<Path> files) {

  private static final Set<String> WRITTEN_BY_TOOLS =
      Set.of(
          ".git", "target", "node_modules", "dist", "reports", ".idea", ".vscode", ".svelte-kit");

  private static final Set<String> TEXT =
      Set.of(
          "java",
          "md",
          "xml",
          "sh",
          "ts",
          "js",
          "mjs",
          "svelte",
          "html",
          "css",
          "json",
          "properties",
          "yml",
          "yaml",
          "config",
          "txt",
          "");

  /// Walks the repository this build runs in; Surefire hands its folder over.
  static Repository ofThisProject() {
    var root = System.getenv("LEXISCOPE_REPOSITORY");
    if (root == null)
      throw new AssertionError(
          "repository: expected its folder in LEXISCOPE_REPOSITORY, got none; run the tests by Maven");
    return at(Path.of(root));
  }

  static Repository at(Path root) {
    var files = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) {
              return WRITTEN_BY_TOOLS.contains(name(dir))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
              if (attrs.isRegularFile()
                  && !name(file).equals(".git")
                  && TEXT.contains(extension(file))) files.add(root.relativize(file));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(null);
    return new Repository(root, List.copyOf(files));
  }

  /// The text of a file given relative to the root; bytes that are no text become replacement
  /// characters.
  String read(String file) {
    try {
      return new String(Files.readAllBytes(root.resolve(file)), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every text file whose name ends so.
  List<SourceFile> ending(String... suffixes) {
    return files.stream()
        .map(file -> file.toString().replace('\\', '/'))
        .filter(file -> List.of(suffixes).stream().anyMatch(file::endsWith))
        .map(file -> new SourceFile(file, read(file)))
        .toList();
  }

  static String extension(Path file) {
    var name = name(file);
    return name.lastIndexOf('.') <= 0 ? "" : name.substring(name.lastIndexOf('.') + 1);
  }

  private static String name(Path file) {
    var name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}
