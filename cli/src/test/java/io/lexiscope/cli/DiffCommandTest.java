package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `diff` on tiny models.
class DiffCommandTest {
  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void openConsole() {
    console = new Console(folder);
  }

  @Test
  void aModelIsEqualToItself() {
    String model = Console.golden("gpt2-a").toString();
    JsonNode same = console.run("diff", model, model, "--json").json();

    assertThat(same.path("matrices").size()).isZero();
    assertThat(same.path("sentence").asString()).isEqualTo("The two models are equal to the bit.");
    assertThat(console.run("diff", "-m", model, model).out()).contains("0 differ");
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    String model = Console.golden("gpt2-a").toString();

    assertThat(console.run("diff", model).error(2))
        .contains("diff: expected two models, or one and patches, got one");
    assertThat(console.run("diff", model, model, "-m", model).error(2))
        .contains("diff: expected two models, got 3");
    assertThat(console.run("diff", model, Console.golden("llama-a")).error(1))
        .contains("diff: expected two models of one shape, got ");
    assertThat(console.run("diff", model, model, "--top", 0).error(2))
        .contains("diff: expected 1 to 1,000, got 0 in top");
  }
}
