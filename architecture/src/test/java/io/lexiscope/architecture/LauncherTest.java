package io.lexiscope.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The launcher where it cannot write, and what it hands on; with a JDK that prints its arguments.
@Timeout(60)
class LauncherTest {
  @TempDir private Path root;
  private Path jdk;

  @BeforeEach
  void install() throws IOException {
    for (String file : List.of("lexiscope", "scripts/toolchain.sh", "scripts/java.options")) {
      Path copy = root.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(Script.file(file)), copy);
    }
    assertThat(root.resolve("lexiscope").toFile().setExecutable(true)).isTrue();
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    jdk = root.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    for (String tool : List.of("java", "javac")) {
      Path script = jdk.resolve("bin").resolve(tool);
      Files.writeString(script, "#!/bin/sh\nfor a in \"$@\"; do printf '%s|' \"$a\"; done\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidAndNotWaitedFor() throws Exception {
    Files.writeString(root.resolve("target"), "a file where a folder is wanted");

    Script ran = start("info");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.output())
        .isEqualTo(
            "lexiscope: expected a folder to build in, got "
                + root.toRealPath().resolve("target/launcher")
                + ", which cannot be written; have its owner start it once, or put a copy where"
                + " you may write\n");
  }

  @Test
  void aLockThatCannotBeTakenIsSaidAndNotWaitedFor() throws Exception {
    Files.writeString(
        Files.createDirectories(root.resolve("target/launcher")).resolve("lock"),
        "a file where a folder is wanted");

    assertThat(start("info").output()).contains("which cannot be written");
  }

  @Test
  void aClosedStandardOutputIsSaid() throws Exception {
    Script ran =
        Script.run(
            Map.of("LEXISCOPE_JAVA_HOME", jdk.toString()),
            List.of("sh", "-c", "exec \"$0\" info >&-", root.resolve("lexiscope").toString()));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.output()).contains("got a closed one");
  }

  @Test
  void argumentsAreHandedOnAsTheyAre() throws Exception {
    Files.createDirectories(root.resolve("lib"));
    Files.delete(root.resolve("pom.xml"));

    Script ran = start("tokenize", "--", "@notes", "-n 5", "*", "a  b", "$HOME", "");

    assertThat(ran.output()).endsWith("|tokenize|--|@notes|-n 5|*|a  b|$HOME||");
  }

  private Script start(String... arguments) throws IOException, InterruptedException {
    var command = new java.util.ArrayList<>(List.of(root.resolve("lexiscope").toString()));
    command.addAll(List.of(arguments));
    return Script.run(
        Map.of(
            "LEXISCOPE_JAVA_HOME",
            jdk.toString(),
            "LEXISCOPE_CACHE",
            root.resolve("cache").toString()),
        command);
  }
}
