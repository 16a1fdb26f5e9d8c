package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.testing.Assets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The command line on trained models with tokenizers, from `LEXISCOPE_ASSETS`.
class SharedModelsTest {
  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  @Test
  void tokensCoverTheTextInOrder() {
    Path model = Assets.require("models/tinystories-656k");

    JsonNode result = console.run("tokenize", "-m", model, "Once upon a tïme 🌲", "--json").json();

    int end = 0;
    for (JsonNode token : result.get("tokens")) {
      assertThat(token.has("id") && token.has("text")).isTrue();
      assertThat(token.get("start").asInt()).isLessThanOrEqualTo(Math.max(end, 1));
      end = Math.max(end, token.get("end").asInt());
    }
    assertThat(end).isEqualTo("Once upon a tïme 🌲".codePointCount(0, 19));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tinystories-656k", "stories260k", "babyllama-tok105"})
  void aContinuationFollowsItsPrompt(String name) {
    Path model = Assets.require("models/" + name);

    JsonNode result =
        console.run("generate", "-m", model, "Once upon a time", "-n", "5", "--json").json();

    assertThat(result.get("prompt").asString()).isEqualTo("Once upon a time");
    assertThat(result.get("text").asString()).contains("Once upon a time").doesNotEndWith("time");
    assertThat(result.get("generated")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tinystories-656k", "stories260k", "babyllama-tok105"})
  void bitsPerByteFollowFromTheLoss(String name) {
    Path model = Assets.require("models/" + name);

    JsonNode result =
        console.run("score", "-m", model, "The lion of Norway sings", "--json").json();

    assertThat(result.get("bitsPerByte").asDouble()).isBetween(0.1, 8.0);
    assertThat(result.get("meanNats").asDouble()).isPositive();
  }

  @Test
  void aTargetOfSeveralTokensIsRefusedWithItsTokens() {
    Path model = Assets.require("models/tinystories-656k");

    assertThat(
            console
                .run("lens", "-m", model, "Once upon", "--target", " elephantine zebra")
                .error(/* expectedExit= */ 1))
        .contains("idOf: expected the text of one token", "which splits into");
  }
}
