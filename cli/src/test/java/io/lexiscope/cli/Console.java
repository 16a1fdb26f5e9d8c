package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs commands with captured streams.
record Console(Path home) {
  private static final Path GOLDEN = Path.of("../model/src/test/resources/golden");
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// What a command left.
  record Ran(int exit, String out, String err) {
    /// The one document on stdout, of a command that was done.
    JsonNode json() {
      assertThat(err).isEmpty();
      assertThat(exit).isZero();
      return document();
    }

    /// The one document on stdout; more than one, or anything else there, fails.
    JsonNode document() {
      assertThat(out).isNotBlank().doesNotContain("NaN", "Infinity");
      return STRICT.readTree(out);
    }

    /// The one line on stderr of a command that failed, after checking that it is one.
    String error(int expectedExit) {
      assertThat(out).isEmpty();
      assertThat(err.lines()).as(err).hasSize(1);
      assertThat(err)
          .startsWith("lexiscope: ")
          .doesNotContain("Exception:", "\tat ", "[Source", "REDACTED", "got null");
      assertThat(exit).as(err).isEqualTo(expectedExit);
      return err.strip();
    }
  }

  static Path golden(String name) {
    return GOLDEN.resolve(name);
  }

  /// Runs the command line with nothing installed but this home.
  Ran run(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CliConfiguration configuration =
        new CliConfiguration(
            home,
            home.resolve("page"),
            home.resolve("hub"),
            Map.of("LEXISCOPE_CACHE", home.resolve("cache").toString()));
    Terminal terminal =
        new Terminal(stream(out), stream(err), /* interactive= */ false, /* columns= */ 100);

    int exit =
        Main.run(
            configuration,
            terminal,
            Stream.of(arguments).map(Object::toString).toArray(String[]::new));

    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Runs a verb on a golden model and these tokens.
  Ran gpt2(String verb, Object... more) {
    return run(
        Stream.concat(
                Stream.of(verb, "-m", golden("gpt2-a"), "--tokens", "5,17,99,4,300"),
                Stream.of(more))
            .toArray());
  }

  /// A file in the home.
  Path file(String name, String text) {
    try {
      return Files.writeString(home.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A copy of a golden model to spoil.
  Path copy(String name) {
    try {
      Path folder = Files.createDirectories(home.resolve("copy-" + name));
      for (String file : new String[] {"config.json", "model.safetensors"}) {
        Files.copy(golden(name).resolve(file), folder.resolve(file));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String ids(int count) {
    return String.join(",", IntStream.range(0, count).mapToObj(String::valueOf).toList());
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, /* autoFlush= */ true, StandardCharsets.UTF_8);
  }
}
