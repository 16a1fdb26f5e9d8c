package io.lexiscope.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The rules that source and document text must keep; [RulesCanFailTest] shows each of them red.
class SourceRulesTest {

  /// This file names on purpose what is forbidden everywhere else.
  private static final String NEGATIVES = "RulesCanFailTest.java";

  private final Repository repository = Repository.ofThisProject();
  private final List<SourceFile> java =
      repository.ending(".java").stream()
          .filter(f -> !f.path().endsWith(NEGATIVES) && !f.path().contains("/fixture/"))
          .toList();
  private final List<SourceFile> handWritten =
      repository.ending(".java", ".ts", ".svelte", ".mjs", ".js", ".css", ".sh").stream()
          .filter(f -> !f.path().endsWith(NEGATIVES))
          .toList();

  private List<SourceFile> everything() {
    return repository.files().stream()
        .map(Path::toString)
        .filter(
            f ->
                !f.endsWith(NEGATIVES)
                    && !f.endsWith("SourceRules.java")
                    && !f.startsWith("models"))
        .map(f -> new SourceFile(f, repository.read(f)))
        .toList();
  }

  @Test
  void theRulesSeeTheSources() {
    assertThat(java).hasSizeGreaterThan(150);
    assertThat(java).anyMatch(SourceFile::isMainJava).anyMatch(SourceFile::isTestJava);
  }

  @Test
  void noSourceFileIsLongerThanTheHardLimit() {
    var overSoft = SourceRules.longerThan(SourceRules.SOFT_LIMIT, handWritten);
    if (!overSoft.isEmpty())
      System.out.println(
          "Longer than "
              + SourceRules.SOFT_LIMIT
              + " lines, worth splitting:\n  "
              + String.join("\n  ", overSoft));

    assertThat(SourceRules.tooLong(handWritten)).isEmpty();
  }

  @Test
  void noFolderOfMainCodeIsCrowded() {
    assertThat(SourceRules.crowdedFolders(java)).isEmpty();
  }

  @Test
  void noSimpleNameMeansTwoThings() {
    assertThat(SourceRules.simpleNamesUsedTwice(java)).isEmpty();
  }

  @Test
  void hookPointNamesAreSpelledInOneFile() {
    assertThat(SourceRules.hookNamesSpelledTwice(java)).isEmpty();
  }

  @Test
  void testsCompareNumbersByAssertCloseOnly() {
    assertThat(
            SourceRules.handMadeTolerances(
                java.stream().filter(f -> !f.path().contains("/tensor/testing/")).toList()))
        .isEmpty();
  }

  @Test
  void importsNameWhatTheyImport() {
    assertThat(SourceRules.wildcardImports(java)).isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() {
    assertThat(
            SourceRules.unfinished(
                java.stream().filter(f -> !f.path().endsWith("SourceRules.java")).toList()))
        .isEmpty();
  }

  @Test
  void classesLiveInThePackageOfTheirModule() {
    assertThat(SourceRules.packagesOfOtherModules(java)).isEmpty();
  }

  @Test
  void packagePagesSayWhatTheReaderNeeds() {
    assertThat(SourceRules.incompletePackagePages(java)).isEmpty();
  }

  @Test
  void noFileNamesAFolderOfSomebodysMachine() {
    assertThat(SourceRules.machinePaths(everything())).isEmpty();
  }

  @Test
  void noFileNamesAPackageRegistry() {
    assertThat(SourceRules.registryHosts(everything())).isEmpty();
  }

  @Test
  void everythingTheDocumentsNameExists() {
    var documents =
        repository.ending(".md").stream().filter(f -> !f.path().startsWith("models")).toList();
    assertThat(documents)
        .extracting(SourceFile::path)
        .contains("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md");

    var rules = DocumentRules.of(repository);
    assertThat(documents.stream().flatMap(d -> rules.deadNames(d).stream())).isEmpty();
  }

  @Test
  void theDiffsThatDocumentsShowAreTrue() throws IOException {
    var rules = DocumentRules.of(repository);
    var contributing = new SourceFile("CONTRIBUTING.md", repository.read("CONTRIBUTING.md"));
    var spoilt =
        new SourceFile(
            "CONTRIBUTING.md",
            contributing
                .text()
                .replace("+          new Qwen3(),", "+ Qwen9")
                .replace("+            TokenizeUseCase.feature(on.models()),", "+ tokenise"));

    assertThat(contributing.text()).contains("```diff");
    assertThat(rules.untrueDiffs(contributing)).isEmpty();
    assertThat(rules.untrueDiffs(spoilt))
        .containsExactly(
            "CONTRIBUTING.md: the file has no line ' Qwen9'",
            "CONTRIBUTING.md: the file has no line ' tokenise'");
  }

  @Test
  void theModuleTableListsTheModulesOfTheBuild() {
    var modules =
        Pattern.compile("<module>(\\w+)</module>")
            .matcher(repository.read("pom.xml"))
            .results()
            .map(m -> m.group(1))
            .toList();
    var table =
        Pattern.compile("(?m)^\\| `(\\w+)` \\|")
            .matcher(repository.read("ARCHITECTURE.md"))
            .results()
            .map(m -> m.group(1))
            .toList();

    assertThat(table).containsExactlyInAnyOrderElementsOf(modules);
  }
}
