package io.lexiscope.model.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lexiscope.model.LanguageModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are not what their name says: those of others, pipes, devices.
@Timeout(60)
class ForeignFilesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/gpt2-a");
  private static final String SECRET = "hunter2";

  @TempDir private Path folder;

  @BeforeEach
  void model() throws IOException {
    for (var name : List.of("config.json", "model.safetensors")) {
      Files.copy(GOLDEN.resolve(name), folder.resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "generation_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.json",
        "tokenizer.model",
        "model.safetensors",
        "model.safetensors.index.json"
      })
  void noMessageHoldsWhatIsInThem(String name) throws IOException {
    for (var content :
        List.of(
            SECRET,
            SECRET + ":x:0:0:root:/root:/bin/sh\n",
            "{\"a\": " + SECRET + "}",
            "{" + SECRET + ": 1}",
            "{\"" + SECRET + "\": 1, \"" + SECRET + "\": 2}",
            "[\"" + SECRET,
            "{\"a\": \"" + SECRET + "\"}")) {
      Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
      if (name.endsWith("index.json")) {
        Files.deleteIfExists(folder.resolve("model.safetensors"));
      }

      var thrown = catchThrowable(this::openAndCut);

      if (thrown != null) {
        assertThat(thrown.getMessage())
            .doesNotContain(SECRET)
            // The first eight bytes, read as a number.
            .doesNotContain("3617008641903841128", "68756E74");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "generation_config.json",
        "tokenizer.json",
        "vocab.json",
        "vocab.txt",
        "tokenizer.model",
        "model.safetensors",
        "model.safetensors.index.json",
        "model.gguf"
      })
  void aPipeIsNeverOpened(String name) throws Exception {
    Files.deleteIfExists(folder.resolve(name));
    if (name.endsWith("index.json") || name.endsWith("gguf")) {
      Files.deleteIfExists(folder.resolve("model.safetensors"));
    }
    if (name.endsWith("gguf")) {
      Files.deleteIfExists(folder.resolve("config.json"));
    }
    var made = new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();

    var thrown = catchThrowable(this::openAndCut);

    if (thrown != null) {
      assertThat(thrown.getMessage()).doesNotContain("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors"})
  void aPipeInsteadOfWhatAModelNeedsIsRefusedByName(String name) throws Exception {
    Files.delete(folder.resolve(name));
    var made = new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(this::openAndCut).hasMessageContaining("a pipe or a device");
  }

  private void openAndCut() {
    try (var model = LanguageModel.open(folder)) {
      var hashes = ModelSource.of(folder).hashes();
      assertThat(hashes.config()).isNotEmpty();
      var ends = ModelSource.of(folder).endTokens();
      assertThat(ends).isNotNull();
      if (model.tokenizer().isPresent()) {
        assertThat(model.tokenizer().encode("a").ids()).isNotNull();
      }
    }
  }
}
