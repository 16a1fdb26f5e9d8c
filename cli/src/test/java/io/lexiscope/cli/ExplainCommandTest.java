package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExplainCommandTest {
  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  @Test
  void aTermIsSaidInFull() {
    Console.Ran ran = console.run("explain", "Value", "vectors");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .startsWith("value vector (also: value words, value vectors)\n  What a neuron writes into")
        .contains("see: neuron");
    assertThat(ran.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
  }

  @Test
  void withoutATermAllAreListed() {
    Console.Ran ran = console.run("explain");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("ablation", "Switching a part", "residual stream");
    JsonNode terms = console.run("explain", "--json").json().get("terms");
    assertThat(ran.out().strip().lines().count()).isEqualTo(1L + terms.size());
  }

  @Test
  void jsonHoldsNameAndMeaning() {
    JsonNode terms = console.run("explain", "--json", "logits").json().get("terms");

    assertThat(terms).hasSize(1);
    assertThat(terms.get(0).get("name").asString()).isEqualTo("logit");
    assertThat(terms.get(0).get("meaning").asString()).startsWith("The score of a word");
  }

  @Test
  void anUnknownTermIsOneLineWithThoseNearIt() {
    assertThat(console.run("explain", "perplexety").error(2))
        .contains("got perplexety; near it are perplexity");
    assertThat(console.run("explain", "").error(2)).contains("got an empty term");
  }
}
