package io.lexiscope.architecture;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules over source text. Each takes files and gives the violations among them.
final class SourceRules {

  static final int HARD_LIMIT = 600;
  static final int SOFT_LIMIT = 300;
  static final int FILES_IN_A_FOLDER = 40;

  /// Simple names that several classes may have, with the reason.
  static final Map<String, String> SHARED_NAMES =
      Map.of("Main", "where a program starts; nothing imports one");

  private static final Pattern TOLERANCE =
      Pattern.compile(
          "assertTrue\\(\\s*Math\\.abs\\(|\\.isCloseTo\\(|\\.isLessThan\\(\\s*\\d*\\.?\\d*e-\\d|Offset\\.offset\\(|(?<!Tolerance\\.)\\bwithin\\(|assertEquals\\([^;]*,\\s*\\d*\\.?\\d*(?:[eE]-\\d+)[fFdD]?\\s*\\)"
              + "|assertEquals\\([^;]*,\\s*0?\\.0*1[fFdD]?\\s*\\)|Math\\.abs\\([^;]*\\)\\s*<=?\\s*\\d");
  private static final Pattern WILDCARD_IMPORT =
      Pattern.compile("^import (?:static )?[\\w.]+\\.\\*;");
  private static final Pattern HOOK_NAME_LITERAL = Pattern.compile("\"blocks\\.[^\"]*hook_");
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(?:TODO|FIXME|XXX)\\b|new UnsupportedOperationException\\(");
  private static final Pattern MACHINE_PATH =
      Pattern.compile(
          "(?<![\\w.$}~])/(?:root|work|Users|home/(?!linuxbrew)\\w+|tmp/\\w+|private/var|mnt/\\w+)/|[A-Z]:\\\\\\\\?Users|file:///(?:root|home|work|tmp)");
  private static final Pattern REGISTRY =
      Pattern.compile(
          "registry\\.(?:npmjs|yarnpkg)\\.|repo\\d?\\.maven\\.(?:apache\\.)?org|repo\\.maven\\.apache|maven-central|pypi\\.(?:org|io)|files\\.pythonhosted|oss\\.sonatype|jitpack\\.io|plugins\\.gradle\\.org|artifactory|/nexus/");

  private static final Pattern HOME_PACKAGE =
      Pattern.compile("^(\\w+)/src/(?:main|test)/java/io/lexiscope/\\1/");

  private SourceRules() {}

  /// Generated files are as long as what they are generated from; they say so in their first lines.
  static boolean isHandWritten(SourceFile file) {
    return file.text()
        .lines()
        .limit(3)
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("generated"));
  }

  static List<String> tooLong(List<SourceFile> files) {
    return longerThan(HARD_LIMIT, files);
  }

  static List<String> longerThan(int lines, List<SourceFile> files) {
    return files.stream()
        .filter(SourceRules::isHandWritten)
        .filter(f -> f.text().lines().count() > lines)
        .map(f -> f.path() + " has " + f.text().lines().count() + " lines")
        .toList();
  }

  /// Who opens a folder should see what is in it.
  static List<String> crowdedFolders(List<SourceFile> files) {
    return files.stream()
        .filter(SourceFile::isMainJava)
        .collect(
            Collectors.groupingBy(
                f -> f.path().substring(0, f.path().lastIndexOf('/')),
                TreeMap::new,
                Collectors.counting()))
        .entrySet()
        .stream()
        .filter(folder -> folder.getValue() > FILES_IN_A_FOLDER)
        .map(folder -> folder.getKey() + " has " + folder.getValue() + " files")
        .toList();
  }

  /// A simple name means one thing wherever it is imported. Packages that say `internal` are seen
  /// by their module only, and so may use a name that others use.
  static List<String> simpleNamesUsedTwice(List<SourceFile> files) {
    return files.stream()
        .filter(SourceFile::isMainJava)
        .map(SourceFile::path)
        .filter(path -> !path.contains("/internal/") && !path.endsWith("-info.java"))
        .collect(
            Collectors.groupingBy(
                path -> path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length()),
                TreeMap::new,
                Collectors.toList()))
        .entrySet()
        .stream()
        .filter(name -> name.getValue().size() > 1 && !SHARED_NAMES.containsKey(name.getKey()))
        .map(name -> name.getKey() + " is " + String.join(" and ", name.getValue()))
        .toList();
  }

  /// Hook-point names are spelled in one file; everybody else uses the type.
  static List<String> hookNamesSpelledTwice(List<SourceFile> files) {
    var spelling =
        files.stream()
            .filter(f -> f.isMainJava() && !f.path().endsWith("package-info.java"))
            .filter(f -> !f.linesWith(HOOK_NAME_LITERAL).isEmpty())
            .map(SourceFile::path)
            .toList();
    return spelling.size() <= 1 ? List.of() : spelling;
  }

  /// Numbers are compared by `assertClose` only, which is two-sided and fails on NaN and on nothing
  /// to compare.
  static List<String> handMadeTolerances(List<SourceFile> files) {
    return files.stream()
        .filter(SourceFile::isTestJava)
        .flatMap(f -> f.linesWith(TOLERANCE).stream())
        .toList();
  }

  static List<String> wildcardImports(List<SourceFile> files) {
    return matches(files, WILDCARD_IMPORT);
  }

  static List<String> unfinished(List<SourceFile> files) {
    return matches(files, UNFINISHED);
  }

  static List<String> machinePaths(List<SourceFile> files) {
    return matches(files, MACHINE_PATH);
  }

  static List<String> registryHosts(List<SourceFile> files) {
    return matches(files, REGISTRY);
  }

  /// A module's classes live in the package of its name, so no package is split between modules.
  static List<String> packagesOfOtherModules(List<SourceFile> files) {
    return files.stream()
        .filter(f -> f.isMainJava() || f.isTestJava())
        .map(SourceFile::path)
        .filter(path -> !HOME_PACKAGE.matcher(path).find())
        .toList();
  }

  /// A package page says what the package does, who owns memory, what threads may do, and where to
  /// start reading.
  static List<String> incompletePackagePages(List<SourceFile> files) {
    return files.stream()
        .filter(f -> f.path().endsWith("package-info.java"))
        .flatMap(
            f ->
                Stream.of("Memory:", "Threads:", "Start with")
                    .filter(part -> !flowing(f.text()).contains(part))
                    .map(part -> f.path() + " has no line '" + part + "'"))
        .toList();
  }

  /// The text of a page without its line breaks, which the formatter moves.
  private static String flowing(String text) {
    return text.replaceAll("\\R/// ?", " ");
  }

  private static List<String> matches(List<SourceFile> files, Pattern pattern) {
    return files.stream().flatMap(f -> f.linesWith(pattern).stream()).toList();
  }
}
