package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullCommandTest {
  private static final String COMMIT = "a".repeat(40);

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... arguments) {
    var configuration = new CliConfiguration(folder, folder, folder.resolve("hub"), environment);
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            /* interactive= */ false,
            /* columns= */ 100);
    return Main.run(configuration, terminal, arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private Path cached() throws IOException {
    var repository = folder.resolve("hub").resolve("models--acme--tiny");
    var snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(COMMIT));
    Files.writeString(snapshot.resolve("config.json"), "{}");
    Files.write(snapshot.resolve("model.safetensors"), new byte[2_048]);
    Files.createDirectories(repository.resolve("refs"));
    Files.writeString(repository.resolve("refs").resolve("main"), COMMIT);
    return snapshot;
  }

  @Test
  void offlineAModelOfTheCacheIsReportedWithoutATransfer() throws IOException {
    var snapshot = cached();

    assertThat(run(Map.of("HF_HUB_OFFLINE", "1"), "pull", "acme/tiny", "--json")).isZero();

    assertThat(text(out))
        .startsWith("{\"models\":[{\"name\":\"acme/tiny\",")
        .contains("\"path\":\"" + snapshot + "\"")
        .contains("\"commit\":\"" + COMMIT + "\"")
        .contains("\"downloadedBytes\":0");
    assertThat(text(out).lines()).hasSize(1);
    assertThat(text(err)).isEmpty();
  }

  @Test
  void offlineAModelThatIsNotInTheCacheIsRefusedInOneLine() {
    assertThat(run(Map.of("HF_HUB_OFFLINE", "1"), "pull", "acme/huge")).isEqualTo(1);

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).startsWith("lexiscope: pull: expected").contains("HF_HUB_OFFLINE");
    assertThat(text(err).lines()).hasSize(1);
  }

  @Test
  void aWrongEndpointHindersPullsOnly() throws IOException {
    cached();
    var wrong = Map.of("HF_ENDPOINT", "nowhere", "HF_TOKEN", "hf_secret");

    assertThat(run(wrong, "models")).isZero();
    assertThat(text(out)).contains("acme/tiny");
    assertThat(run(wrong, "pull", "acme/tiny")).isEqualTo(1);
    assertThat(text(err)).contains("HF_ENDPOINT").doesNotContain("hf_secret");
  }

  @Test
  void aPullWithoutAnIdIsWrongUsage() {
    assertThat(run(Map.of(), "pull")).isEqualTo(2);
  }
}
