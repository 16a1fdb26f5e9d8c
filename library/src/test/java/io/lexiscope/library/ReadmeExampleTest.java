package io.lexiscope.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compiles and runs what the README shows, with the options that it names and nothing else.
class ReadmeExampleTest {
  private static final Path README =
      Path.of(System.getenv().getOrDefault("LEXISCOPE_REPOSITORY", "..")).resolve("README.md");
  private static final Pattern SECTION =
      Pattern.compile("^## In Java$(.*?)^## ", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern EXAMPLE =
      Pattern.compile("^```java\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern OPTIONS = Pattern.compile("`java((?: --\\S+(?: \\w[\\w./=-]*)?)+) ");
  private static final Pattern PRINTED =
      Pattern.compile("^```text\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theExampleCompilesAndPrintsWhatTheReadmeSays() throws Exception {
    var section = first(SECTION, Files.readString(README));
    var source = folder.resolve("Example.java");
    Files.writeString(source, first(EXAMPLE, section));
    var options = List.of(first(OPTIONS, section).strip().split(" "));
    var classPath = System.getProperty("java.class.path");

    assertThat(run("javac", List.of("-d", folder.toString(), "-cp", classPath, source.toString())))
        .isEmpty();

    var arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-cp", folder + File.pathSeparator + classPath, "Example"));
    assertThat(run("java", arguments).lines().toList())
        .containsExactlyElementsOf(first(PRINTED, section).lines().toList());
  }

  private static String first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    assertThat(found.find()).as(pattern.pattern()).isTrue();
    return found.group(1);
  }

  private String run(String tool, List<String> arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(arguments);
    var output = folder.resolve(tool + ".txt");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("LEXISCOPE_CACHE", folder.resolve("cache").toString());
    var process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(tool + " ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    var printed = readable(output);
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private static String readable(Path output) throws IOException {
    return new String(Files.readAllBytes(output), UTF_8);
  }
}
