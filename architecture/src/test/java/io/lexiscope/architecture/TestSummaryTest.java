package io.lexiscope.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/TestSummary.java` counts what ran, and lets no test disappear.
class TestSummaryTest {

  private static final String PASSED = "<testcase classname='io.lexiscope.ATest' name='works'/>";
  private static final String FAILED =
      "<testcase classname='io.lexiscope.ATest' name='breaks'><failure message='expected 1, got 2'/></testcase>";
  private static final String SKIPPED =
      "<testcase classname='io.lexiscope.ATest' name='waits'><skipped message='for better days'/></testcase>";
  private static final String WAITS_FOR_ASSETS =
      "<testcase classname='io.lexiscope.ATest' name='compares'><skipped><![CDATA[org.opentest4j.TestAbortedException: LEXISCOPE_ASSETS is not set]]></skipped></testcase>";

  @TempDir Path root;

  @BeforeEach
  void anEmptyQuarantine() throws IOException {
    quarantine("");
  }

  private void quarantine(String rows) throws IOException {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(
        root.resolve("docs/quarantine.md"),
        "| test | reason | runs again when |\n| --- | --- | --- |\n" + rows);
  }

  private void report(String path, String... cases) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "<testsuite>" + String.join("", cases) + "</testsuite>");
  }

  private Script summary(Map<String, String> environment) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Script.run(
        environment,
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            Script.file("scripts/TestSummary.java"),
            root.toString()));
  }

  private static String lastLine(Script script) {
    return script.output().lines().toList().getLast();
  }

  @Test
  void modulesAndWebPageAreAddedUp() throws Exception {
    report("model/target/surefire-reports/TEST-a.xml", PASSED, PASSED);
    report("web/reports/unit.xml", PASSED);
    report("web/reports/browser.xml", PASSED);

    var summary = summary(Map.of());

    assertThat(lastLine(summary)).isEqualTo("4 passed, 0 failed, 0 skipped");
    assertThat(summary.exitCode()).isZero();
  }

  @Test
  void aFailedTestFailsTheBuildAndIsNamed() throws Exception {
    report("model/target/surefire-reports/TEST-a.xml", PASSED, FAILED);

    var summary = summary(Map.of());

    assertThat(summary.output()).contains("io.lexiscope.ATest#breaks: expected 1, got 2");
    assertThat(lastLine(summary)).isEqualTo("1 passed, 1 failed, 0 skipped");
    assertThat(summary.exitCode()).isEqualTo(1);
  }

  @Test
  void aSkippedTestWithoutARowFailsTheBuild() throws Exception {
    report("model/target/surefire-reports/TEST-a.xml", PASSED, SKIPPED);

    var summary = summary(Map.of());

    assertThat(summary.output())
        .contains("skipped without a row in docs/quarantine.md: io.lexiscope.ATest#waits");
    assertThat(lastLine(summary)).isEqualTo("1 passed, 1 failed, 1 skipped");
    assertThat(summary.exitCode()).isEqualTo(1);
  }

  @Test
  void aSkippedTestWithARowIsListed() throws Exception {
    report("model/target/surefire-reports/TEST-a.xml", PASSED, SKIPPED);
    quarantine("| `ATest#waits` | a reason | a day |\n");

    var summary = summary(Map.of());

    assertThat(summary.output()).contains("io.lexiscope.ATest#waits: for better days");
    assertThat(lastLine(summary)).isEqualTo("1 passed, 0 failed, 1 skipped");
    assertThat(summary.exitCode()).isZero();
  }

  @Test
  void aRowWhoseTestRunsAgainFailsTheBuild() throws Exception {
    report("model/target/surefire-reports/TEST-a.xml", PASSED);
    quarantine("| `ATest#works` | a reason | a day |\n");

    assertThat(lastLine(summary(Map.of()))).isEqualTo("1 passed, 1 failed, 0 skipped");
  }

  @Test
  void aTestThatWaitsForTheAssetsIsExcusedOnlyWithoutThem() throws Exception {
    report("model/target/surefire-reports/TEST-a.xml", PASSED, WAITS_FOR_ASSETS);

    assertThat(lastLine(summary(Map.of()))).isEqualTo("1 passed, 0 failed, 1 skipped");
    assertThat(lastLine(summary(Map.of("LEXISCOPE_ASSETS", "anywhere"))))
        .isEqualTo("1 passed, 1 failed, 1 skipped");
  }

  @Test
  void nothingToCountIsAFailureAndSoIsAStepThatFailedWithoutATest() throws Exception {
    assertThat(lastLine(summary(Map.of()))).isEqualTo("0 passed, 1 failed, 0 skipped");

    report("model/target/surefire-reports/TEST-a.xml", PASSED);
    assertThat(lastLine(summary(Map.of("FAILED_STEPS", "Java formats\n"))))
        .isEqualTo("1 passed, 1 failed, 0 skipped");
  }

  @Test
  void aReportThatBreaksOffIsAFailure() throws Exception {
    report("model/target/surefire-reports/TEST-a.xml", PASSED);
    Files.writeString(
        root.resolve("model/target/surefire-reports/TEST-b.xml"), "<testsuite><testcase");

    var summary = summary(Map.of());

    assertThat(summary.output()).contains("TEST-b.xml");
    assertThat(lastLine(summary)).isEqualTo("1 passed, 1 failed, 0 skipped");
  }
}
