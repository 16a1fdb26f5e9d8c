package io.lexiscope.model.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
  @TempDir private Path empty;

  @Test
  void aFolderGivesTheFourThingsAModelIsMadeOf() {
    Path folder = Path.of("src/test/resources/golden/gpt2-a");
    ModelSource source = ModelSource.of(folder);

    assertThat(source.place()).isEqualTo(folder);
    assertThat(source.config().textOr("", "model_type")).isEqualTo("gpt2");
    try (var tensors = source.tensors();
        var tokenizer = source.tokenizer()) {
      assertThat(tensors.names()).isNotEmpty();
      assertThat(tokenizer).isNotNull();
      assertThat(source.weightBytes().orElse(0)).isGreaterThan(tensors.bytes());
    }
  }

  @Test
  void otherDocumentsHaveOtherHashes() throws IOException {
    Files.writeString(empty.resolve("config.json"), "{}");
    DocumentHashes before = ModelSource.of(empty).hashes();
    Files.writeString(empty.resolve("config.json"), "{ }");
    Files.writeString(empty.resolve("vocab.txt"), "[UNK]");
    DocumentHashes after = ModelSource.of(empty).hashes();

    // printf '{}' | sha256sum
    assertThat(before.config())
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    assertThat(before.tokenizer()).isNull();
    assertThat(after.config()).isNotEqualTo(before.config());
    assertThat(after.tokenizer()).isNotNull();
  }

  @Test
  void anEmptyFolderSaysWhatIsMissing() {
    ModelSource source = ModelSource.of(empty);

    assertThat(source.weightBytes()).isEmpty();
    assertThatThrownBy(source::config)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("config.json");
    assertThatThrownBy(source::hashes).isInstanceOf(ConfigException.class);
  }
}
