package io.lexiscope.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `scripts/toolchain.sh` finds what the two commands need, or says what is wrong.
@EnabledOnOs({OS.LINUX, OS.MAC})
class ToolchainTest {

  @TempDir Path folder;

  private static Script shell(Map<String, String> environment, String commands)
      throws IOException, InterruptedException {
    return Script.run(
        environment,
        List.of("sh", "-eu", "-c", ". \"$0\"; " + commands, Script.file("scripts/toolchain.sh")));
  }

  private Path jdk(String name, String version) throws IOException {
    var home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
    assertThat(
            Files.writeString(home.resolve("bin/javac"), "#!/bin/sh\n")
                .toFile()
                .setExecutable(true))
        .isTrue();
    return home;
  }

  @Test
  void aJdk25InAFolderWithSpacesIsTaken() throws Exception {
    var home = jdk("my jdk", "25.0.3");

    var found =
        shell(Map.of("LEXISCOPE_JAVA_HOME", home.toString()), "find_jdk; echo \"$JAVA_HOME\"");

    assertThat(found.output()).isEqualTo(home + "\n");
  }

  @Test
  void anOlderJavaHomeIsPassedOverForAJdk25InTheHomeFolder() throws Exception {
    var old = jdk("old", "17.0.15");
    var home = jdk(".sdkman/candidates/java/25.0.3-tem", "25.0.3");

    var found =
        shell(
            Map.of("JAVA_HOME", old.toString(), "HOME", folder.toString()),
            "find_jdk; jdk_major \"$JAVA_HOME\"; echo $JDK_MAJOR; take_jdk '"
                + home
                + "' && echo \"$JAVA_HOME\"");

    assertThat(found.output()).isEqualTo("25\n" + home + "\n");
  }

  @Test
  void aJavaHomeGivenByNameIsTakenAtItsWord() throws Exception {
    var old = jdk("old", "17.0.15");

    var refused = shell(Map.of("LEXISCOPE_JAVA_HOME", old.toString()), "find_jdk");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .isEqualTo(
            "find JDK: expected a JDK 25 in LEXISCOPE_JAVA_HOME, got JDK 17 at "
                + old
                + "; point it at a JDK 25, or unset it to have one looked for\n");
  }

  @Test
  void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
    var runtime = jdk("runtime", "25.0.3");
    Files.delete(runtime.resolve("bin/javac"));

    var refused = shell(Map.of("LEXISCOPE_JAVA_HOME", runtime.toString()), "find_jdk");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("got no JDK at " + runtime);
  }

  @ParameterizedTest
  @CsvSource({
    "3.8.7, 3.8, yes",
    "3.10, 3.8, yes",
    "4.0.0, 3.8, yes",
    "3.6.3, 3.8, no",
    "20.18.1, 20.19, no",
    "20.20.2, 20.19, yes",
    "22.0, 20.19, yes",
    "9, 20.19, no"
  })
  void versionsAreComparedByNumberNotByText(String version, String wanted, String expected)
      throws Exception {
    assertThat(
            shell(
                    Map.of(),
                    "version_at_least " + version + " " + wanted + " && echo yes || echo no")
                .output())
        .isEqualTo(expected + "\n");
  }

  @Test
  void aPlainLocaleBecomesUtf8AndAUtf8LocaleStays() throws Exception {
    assertThat(shell(Map.of("LC_ALL", "C"), "use_utf8; echo $LC_ALL").output())
        .isEqualTo("C.UTF-8\n");
    assertThat(shell(Map.of("LC_ALL", "C.utf8"), "use_utf8; echo $LC_ALL").output())
        .isEqualTo("C.utf8\n");
  }

  @Test
  void aUtf8LocaleThatTheMachineDoesNotHaveIsReplaced() throws Exception {
    for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      assertThat(
              shell(
                      Map.of(variable, "xx_XX.UTF-8"),
                      "[ -n \"${LC_ALL:-}\" ] || unset LC_ALL; use_utf8; locale charmap")
                  .output())
          .as(variable)
          .isEqualTo("UTF-8\n");
    }
  }
}
