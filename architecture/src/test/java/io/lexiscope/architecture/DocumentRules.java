package io.lexiscope.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The rules over Markdown files: what they name exists.
///
/// @param root the folder that paths in code marks are relative to
/// @param types simple names of the project's types
/// @param topLevel the names at the top of the repository, by which a path in code marks is told
///   from other text
record DocumentRules(Path root, Set<String> types, Set<String> topLevel) {

  private static final Pattern FENCE =
      Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern DIFF =
      Pattern.compile("^```diff\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern PATH = Pattern.compile("(?:\\./)?[\\w.-]+(?:/[\\w.-]+)*/?");
  private static final Pattern TYPE =
      Pattern.compile("(?:[a-z]+\\.)*([A-Z][a-z]+(?:[A-Z][a-z]+)+)(?:[#.]\\w+(?:\\(\\))?)?");

  /// Names in camel case that are not types of ours.
  private static final Set<String> NOT_OURS =
      Set.of(
          "MemorySegment",
          "ScopedValue",
          "RandomGenerator",
          "TransformerLens",
          "ErrorProne",
          "NullAway");

  static DocumentRules of(Repository repository) {
    var types =
        repository.ending(".java", ".ts", ".svelte").stream()
            .map(f -> f.path().substring(f.path().lastIndexOf('/') + 1))
            .map(name -> name.substring(0, name.indexOf('.')))
            .collect(Collectors.toSet());
    var nested = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w+)");
    repository
        .ending(".java")
        .forEach(f -> nested.matcher(f.text()).results().forEach(m -> types.add(m.group(1))));
    var top =
        repository.files().stream().map(f -> f.getName(0).toString()).collect(Collectors.toSet());
    return new DocumentRules(repository.root(), types, top);
  }

  List<String> deadNames(SourceFile document) {
    var prose = FENCE.matcher(document.text()).replaceAll("");
    var dead = new ArrayList<String>();
    collect(
        dead,
        document,
        LINK,
        prose,
        target ->
            !target.contains("://")
                && !target.startsWith("#")
                && !Files.exists(besides(document, target.replaceFirst("#.*", ""))),
        "link");
    collect(dead, document, CODE, prose, this::isDeadPath, "path");
    collect(dead, document, CODE, prose, this::isDeadType, "type");
    return dead;
  }

  /// Added lines of the diffs in a document that the files they are of do not have.
  List<String> untrueDiffs(SourceFile document) throws IOException {
    var untrue = new ArrayList<String>();
    for (var diff : DIFF.matcher(document.text()).results().toList()) {
      Set<String> lines = Set.of();
      for (var line : diff.group(1).lines().toList()) {
        if (line.startsWith("+++ b/")) {
          lines = new HashSet<>(Files.readAllLines(root.resolve(line.substring(6))));
        } else if (line.startsWith("+") && !lines.contains(line.substring(1))) {
          untrue.add(document.path() + ": the file has no line '" + line.substring(1) + "'");
        }
      }
    }
    return untrue;
  }

  private static void collect(
      List<String> dead,
      SourceFile document,
      Pattern pattern,
      String prose,
      Predicate<String> isDead,
      String kind) {
    pattern
        .matcher(prose)
        .results()
        .map((MatchResult m) -> m.group(1))
        .filter(isDead)
        .forEach(
            name -> dead.add(document.path() + ": the " + kind + " '" + name + "' does not exist"));
  }

  private Path besides(SourceFile document, String target) {
    var folder = root.resolve(document.path()).getParent();
    return (folder == null ? root : folder).resolve(target);
  }

  private boolean isDeadPath(String text) {
    if (!PATH.matcher(text).matches() || !text.contains("/")) return false;
    var path = text.replaceFirst("^\\./", "");
    return topLevel.contains(path.split("/", 2)[0])
        && !Set.of("target", "dist").contains(path)
        && !Files.exists(root.resolve(path));
  }

  private boolean isDeadType(String text) {
    var type = TYPE.matcher(text);
    return type.matches() && !types.contains(type.group(1)) && !NOT_OURS.contains(type.group(1));
  }
}
