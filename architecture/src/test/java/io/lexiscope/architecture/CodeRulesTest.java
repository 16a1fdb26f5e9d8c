package io.lexiscope.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The rules that compiled classes must keep; [RulesCanFailTest] shows each of them red.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeRulesTest {

  /// Fewer classes than this means that the import has gone blind, not that the project has shrunk.
  private static final int CLASSES_AT_LEAST = 250;

  private final CodeRules rules = new CodeRules(Codebase.ROOT);
  private final InternalRules internal = new InternalRules(Codebase.ROOT);
  private final ModuleDiagram diagram =
      ModuleDiagram.in(Repository.ofThisProject().read("ARCHITECTURE.md"));
  private final JavaClasses classes = Codebase.ofTheProject();

  private void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(classes);
  }

  @Test
  void theRulesSeeTheClassesOfEveryModule() {
    assertThat(classes.size()).isGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    var seen = new TreeSet<String>();
    for (JavaClass c : classes) seen.add(c.getPackageName().split("\\.")[2]);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(diagram.modules());
  }

  @Test
  void theDiagramHasEveryModuleThatOthersMayUse() {
    assertThat(diagram.modules())
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                "base",
                "hub",
                "library",
                "tensor",
                "model",
                "train",
                "analysis",
                "index",
                "workbench",
                "server",
                "bench",
                "cli"));
  }

  @Test
  void modulesUseOnlyWhatTheDiagramAllows() {
    holds(rules.modulesFollow(diagram));
  }

  @Test
  void whatBaseHasIsNotWrittenAgain() {
    holds(rules.whatBaseHasIsNotWrittenAgain());
  }

  @Test
  void onlyTensorSeesTheNativeBinding() {
    holds(rules.onlyTensorSeesTheNativeBinding());
  }

  @Test
  void modelFilesAreReadBySourcesOnly() {
    holds(rules.modelFilesAreReadBySourcesOnly());
  }

  @Test
  void noTensorIsSeenAboveAnalysis() {
    holds(rules.noTensorIsSeenAboveAnalysis());
  }

  @Test
  void httpStaysInTheServer() {
    holds(rules.httpStaysInTheServer());
  }

  @Test
  void terminalLibrariesStayInTheCommandLine() {
    holds(rules.terminalLibrariesStayInTheCommandLine());
  }

  @Test
  void whatOthersMayUseNamesNothingInternal() {
    holds(internal.publicSignaturesNameNothingInternal());
  }

  @Test
  void internalPackagesAreUsedByTheirModuleOnly() {
    holds(internal.internalsAreUsedByTheirModuleOnly());
  }

  @Test
  void packagesAreFreeOfCycles() {
    holds(rules.packagesAreFreeOfCycles());
  }

  @Test
  void noFieldIsMutableAndStatic() {
    holds(rules.noFieldIsMutableAndStatic());
  }

  @Test
  void theEnvironmentIsReadInFewPlaces() {
    holds(rules.theEnvironmentIsReadInFewPlaces());
  }

  @Test
  void theExceptionsOfTheRulesExist() {
    assertThat(CodeRules.WIDE_RECORDS.keySet()).allMatch(classes::contain);
    assertThat(CodeRules.READS_ENVIRONMENT.keySet()).allMatch(classes::contain);
  }

  @Test
  void noGenericExceptionIsThrown() {
    holds(rules.noGenericExceptionIsThrown());
  }

  @Test
  void onlyPortsWriteToTheTerminal() {
    holds(rules.onlyPortsWriteToTheTerminal());
  }

  @Test
  void recordsHaveAtMostFiveComponents() {
    holds(rules.recordsAreNarrow());
  }

  @Test
  void publicRecordsHoldNoArrays() {
    holds(rules.publicRecordsHoldNoArrays());
  }

  @Test
  void optionalIsAReturnTypeOnly() {
    holds(rules.optionalIsAReturnTypeOnly());
  }

  @Test
  void packagesAreNullMarked() {
    holds(rules.packagesAreNullMarked());
  }
}
