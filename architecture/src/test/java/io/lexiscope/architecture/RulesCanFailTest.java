package io.lexiscope.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule turns red on something that breaks it.
class RulesCanFailTest {

  private static final JavaClasses FIXTURE = Codebase.ofTheFixture();
  private static final CodeRules RULES = new CodeRules(Codebase.ROOT + ".architecture.fixture");
  private static final InternalRules INTERNAL =
      new InternalRules(Codebase.ROOT + ".architecture.fixture");
  private static final ModuleDiagram DIAGRAM =
      ModuleDiagram.in(
          "```mermaid\nflowchart LR\n  tensor -->|tensors| model\n  model --> workbench\n```\n");

  static Stream<Arguments> codeRules() {
    return Stream.of(
        argumentSet("modules follow the diagram", RULES.modulesFollow(DIAGRAM), "Everything"),
        argumentSet(
            "what base has is not written again",
            RULES.whatBaseHasIsNotWrittenAgain(),
            "java.util.Random"),
        argumentSet(
            "only tensor sees the native binding",
            RULES.onlyTensorSeesTheNativeBinding(),
            "Pointer"),
        argumentSet(
            "model files are read by sources only",
            RULES.modelFilesAreReadBySourcesOnly(),
            "Tokenizer.open"),
        argumentSet(
            "no tensor above analysis",
            RULES.noTensorIsSeenAboveAnalysis(),
            "fixture.tensor.Tensor"),
        argumentSet("HTTP stays in the server", RULES.httpStaysInTheServer(), "Javalin"),
        argumentSet(
            "terminal libraries stay in the command line",
            RULES.terminalLibrariesStayInTheCommandLine(),
            "CommandLine"),
        argumentSet(
            "public signatures name nothing internal",
            INTERNAL.publicSignaturesNameNothingInternal(),
            "Tensor.hidden() names"),
        argumentSet(
            "internals are used by their module only",
            INTERNAL.internalsAreUsedByTheirModuleOnly(),
            "Everything.run()"),
        argumentSet(
            "packages are free of cycles", RULES.packagesAreFreeOfCycles(), "Cycle detected"),
        argumentSet("no mutable static", RULES.noFieldIsMutableAndStatic(), "counter"),
        argumentSet(
            "the environment is read in few places",
            RULES.theEnvironmentIsReadInFewPlaces(),
            "getenv"),
        argumentSet("no generic exception", RULES.noGenericExceptionIsThrown(), "RuntimeException"),
        argumentSet(
            "only ports write to the terminal", RULES.onlyPortsWriteToTheTerminal(), "System.out"),
        argumentSet("records are narrow", RULES.recordsAreNarrow(), "Wide has 6 components"),
        argumentSet(
            "public records hold no arrays", RULES.publicRecordsHoldNoArrays(), "WithArray.values"),
        argumentSet("optional is a return type only", RULES.optionalIsAReturnTypeOnly(), "maybe"),
        argumentSet("packages are null-marked", RULES.packagesAreNullMarked(), "Unmarked"));
  }

  @ParameterizedTest
  @MethodSource("codeRules")
  void aCodeRuleReportsTheClassThatBreaksIt(ArchRule rule, String culprit) {
    assertThatThrownBy(() -> rule.check(FIXTURE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(culprit);
  }

  static Stream<Arguments> sourceRules() {
    return Stream.of(
        source("too long", SourceRules::tooLong, main("\n".repeat(601))),
        source(
            "crowded folder",
            SourceRules::crowdedFolders,
            IntStream.rangeClosed(0, SourceRules.FILES_IN_A_FOLDER)
                .mapToObj(i -> new SourceFile("a/src/main/java/A" + i + ".java", ""))
                .toArray(SourceFile[]::new)),
        source(
            "simple name used twice",
            SourceRules::simpleNamesUsedTwice,
            new SourceFile("a/src/main/java/a/Progress.java", ""),
            new SourceFile("b/src/main/java/b/Progress.java", "")),
        source(
            "hook names spelled twice",
            SourceRules::hookNamesSpelledTwice,
            main("\"blocks.0.hook_z\""),
            new SourceFile("b/src/main/java/B.java", "\"blocks.1.hook_z\"")),
        source(
            "absolute difference",
            SourceRules::handMadeTolerances,
            test("assertTrue(Math.abs(a - b) < limit);")),
        source(
            "closeness",
            SourceRules::handMadeTolerances,
            test("assertThat(a).isCloseTo(b, offset);")),
        source(
            "equality with a tolerance",
            SourceRules::handMadeTolerances,
            test("assertEquals(x, y, 1e-3);")),
        source(
            "equality with a decimal tolerance",
            SourceRules::handMadeTolerances,
            test("assertEquals(x, y, 0.001f);")),
        source("wildcard import", SourceRules::wildcardImports, main("import java.util.*;")),
        source(
            "static wildcard import",
            SourceRules::wildcardImports,
            main("import static java.lang.Math.*;")),
        source(
            "split package",
            SourceRules::packagesOfOtherModules,
            new SourceFile("model/src/main/java/io/lexiscope/tensor/A.java", "")),
        source("left to do", SourceRules::unfinished, main("// TODO later")),
        source("stub", SourceRules::unfinished, main("throw new UnsupportedOperationException();")),
        source("machine path", SourceRules::machinePaths, main("\"/home/somebody/models\"")),
        source(
            "registry",
            SourceRules::registryHosts,
            new SourceFile("web/.npmrc", "registry=https://registry.npmjs.org")),
        source(
            "package page",
            SourceRules::incompletePackagePages,
            new SourceFile(
                "a/src/main/java/package-info.java", "/// Memory: none.\n/// Threads: any.")));
  }

  @ParameterizedTest
  @MethodSource("sourceRules")
  void aSourceRuleReportsTheTextThatBreaksIt(
      Function<List<SourceFile>, List<String>> rule, List<SourceFile> files) {
    assertThat(rule.apply(files)).isNotEmpty();
  }

  @Test
  void aDocumentThatNamesWhatIsGoneIsReported(@TempDir Path root) throws java.io.IOException {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("docs/here.md"), "");
    var rules = new DocumentRules(root, Set.of("LogitLens"), Set.of("docs"));
    var text =
        "[gone](docs/gone.md) [here](docs/here.md) `docs/gone/too` `docs/here.md` `GoneLens`"
            + " `LogitLens` `LogitLens#read` [web](https://example.org)";

    assertThat(rules.deadNames(new SourceFile("README.md", text)))
        .containsExactly(
            "README.md: the link 'docs/gone.md' does not exist",
            "README.md: the path 'docs/gone/too' does not exist",
            "README.md: the type 'GoneLens' does not exist");
  }

  @Test
  void aTextWithoutADiagramIsReported() {
    assertThatThrownBy(() -> ModuleDiagram.in("# Architecture"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected a mermaid block");
  }

  private static Arguments source(
      String name, Function<List<SourceFile>, List<String>> rule, SourceFile... files) {
    return argumentSet(name, rule, List.of(files));
  }

  private static SourceFile main(String text) {
    return new SourceFile("a/src/main/java/A.java", text);
  }

  private static SourceFile test(String text) {
    return new SourceFile("a/src/test/java/ATest.java", text);
  }
}
