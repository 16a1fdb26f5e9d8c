package io.lexiscope.cli;

import static io.lexiscope.cli.Console.golden;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// `ffn` on the command line.
class FfnVerbTest {
  private static final Tolerance FLOAT = new Tolerance(2e-4, 2e-4);

  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gpt2-a", "llama-a", "gptj-a", "gpt-neox-a", "gemma2-a", "olmo2-a", "opt-a"})
  void theAccountOfEveryLayerCloses(String name) {
    JsonNode result =
        console
            .run(
                "ffn",
                "-m",
                golden(name),
                "--tokens",
                "5,17,99,4,300",
                "--top",
                "4",
                "--target",
                "#7",
                "--against",
                "#9",
                "--positions",
                "1,-1",
                "--json")
            .json();

    assertThat(result.get("layers")).hasSize(6);
    assertThat(result.get("scoresAddUp").asBoolean()).isTrue();
    assertThat(result.get("identity").asString()).contains("before");
    assertThat(result.get("against").get("id").asInt()).isEqualTo(9);
    for (JsonNode layer : result.get("layers")) {
      assertThat(layer.get("subUpdates")).hasSize(4);
      double listed = 0;
      double dominance = Double.POSITIVE_INFINITY;
      for (JsonNode update : layer.get("subUpdates")) {
        listed += update.get("score").asDouble();
        assertThat(update.get("dominance").asDouble()).isLessThanOrEqualTo(dominance);
        dominance = update.get("dominance").asDouble();
        assertClose(
            dominance,
            Math.abs(update.get("coefficient").asDouble()) * update.get("norm").asDouble(),
            FLOAT);
        assertThat(update.get("reversed").asBoolean())
            .isEqualTo(update.get("coefficient").asDouble() < 0);
        assertThat(update.get("top")).hasSize(10);
        assertThat(update.get("bottom")).hasSize(10);
        assertThat(update.get("nullTop").asDouble())
            .isGreaterThan(update.get("nullBottom").asDouble());
      }
      JsonNode balance = layer.get("balance");
      assertClose(balance.get("listed").asDouble(), listed, FLOAT);
      assertClose(
          listed + balance.get("others").asDouble() + balance.get("bias").asDouble(),
          balance.get("change").asDouble(),
          FLOAT);
      assertClose(layer.get("residualError").asDouble(), 0, Tolerance.within(1e-4));
      if (!name.equals("gemma2-a")) {
        // Without a soft cap the words' own logits move by the same.
        assertClose(
            moved(layer, "after") - moved(layer, "before"),
            balance.get("change").asDouble(),
            FLOAT);
      }
    }
  }

  private static double moved(JsonNode layer, String state) {
    return layer.get(state).get("target").get("logit").asDouble()
        - layer.get(state).get("against").get("logit").asDouble();
  }

  @Test
  void theStrongestPushersAreListedOnRequest() {
    JsonNode layer =
        console
            .gpt2(
                "ffn", "--by", "score", "--layers", "-1", "--lens", "raw", "--null", "0", "--json")
            .json()
            .get("layers")
            .get(0);

    assertThat(layer.get("layer").asInt()).isEqualTo(2);
    double last = Double.POSITIVE_INFINITY;
    for (JsonNode update : layer.get("subUpdates")) {
      double size = Math.abs(update.get("score").asDouble());
      assertThat(size).isLessThanOrEqualTo(last);
      assertThat(update.has("nullTop")).isFalse();
      last = size;
    }
  }

  @Test
  void theLastStateIsTheModelsNextWord() {
    JsonNode layers = console.gpt2("ffn", "--json").json().get("layers");
    JsonNode next = console.gpt2("generate", "-n", "1", "--json").json().get("generated").get(0);

    JsonNode last = layers.get(layers.size() - 1);
    assertThat(last.get("after").get("top").get(0).get("id")).isEqualTo(next.get("id"));
    assertThat(last.get("target").get("id")).isEqualTo(next.get("id"));
    assertClose(
        last.get("after").get("top").get(0).get("probability").asDouble(),
        next.get("probability").asDouble(),
        FLOAT);
  }

  @Test
  void underTheFinalNormNoSumIsClaimed() {
    JsonNode result = console.gpt2("ffn", "--lens", "finalNorm", "--json").json();

    assertThat(result.get("scoresAddUp").asBoolean()).isFalse();
    assertThat(result.get("eventConvention").get("name").asString()).isEqualTo("finalNorm");
  }

  @Test
  void peopleReadTheWordsAndTheBalance() {
    Console.Ran ran = console.gpt2("ffn", "--target", "#7");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains("layer 0, position 4", "before", "promotes", "others", "bias", "change", "after")
        .contains("largest difference of sum and FFN output");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | --layers | 3 | ffn: expected layers from -3 to 2, got 3",
        "1 | --position | 5 | ffn: expected a position from -5 to 4, got 5",
        "2 | --top | -1 | ffn: expected 0 to 2,147,483,647 in top, got -1",
        "2 | --words | 1001 | ffn: expected 0 to 1,000 in words, got 1001",
        "1 | --target | #512 | ffn: expected a token id from 0 to 511, got 512 in target",
        "2 | --null | 1001 | ffn: expected 0 to 1,000 in nullVectors, got 1001",
      })
  void whatDoesNotExistIsRefusedInOneLine(int exit, String option, String value, String message) {
    Console.Ran ran = console.gpt2("ffn", option, value);

    assertThat(ran.exit()).isEqualTo(exit);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().strip()).isEqualTo("lexiscope: " + message);
  }
}
