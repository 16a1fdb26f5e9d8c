package io.lexiscope.model.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.chat.ChatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTemplateFileTest {
  @TempDir private Path folder;

  private void file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFolderWithoutOneHasNone() {
    file("tokenizer_config.json", "{}");

    assertThat(ModelSource.of(folder).chatTemplate()).isEmpty();
  }

  @Test
  void ofSeveralFilesTheOneOfItsOwnCounts() {
    file("tokenizer_config.json", "{\"chat_template\": \"settings\"}");
    assertThat(ModelSource.of(folder).chatTemplate()).contains("settings");

    file("chat_template.json", "{\"chat_template\": \"json\"}");
    assertThat(ModelSource.of(folder).chatTemplate()).contains("json");

    file("chat_template.jinja", "jinja");
    assertThat(ModelSource.of(folder).chatTemplate()).contains("jinja");
  }

  @Test
  void ofSeveralNamedOnesItIsTheDefault() {
    file(
        "tokenizer_config.json",
        """
        {"chat_template": [{"name": "tool_use", "template": "tools"}, {"name": "default", "template": "plain"}]}
        """);

    assertThat(ModelSource.of(folder).chatTemplate()).contains("plain");
  }

  @Test
  void brokenJsonIsToldInOneLine() {
    file("chat_template.json", "{");

    assertThatThrownBy(() -> ModelSource.of(folder).chatTemplate())
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("chat_template.json; mend the file");
  }
}
