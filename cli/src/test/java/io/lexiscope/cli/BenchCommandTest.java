package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BenchCommandTest {
  @TempDir private Path home;

  private Console console() {
    return new Console(home);
  }

  @Test
  void figuresAreOneDocument() {
    JsonNode json =
        console()
            .run(
                "bench",
                "-m",
                Console.golden("gpt2-a"),
                "--task",
                "forward-1,forward-8",
                "--rounds",
                2,
                "--json",
                "--quiet")
            .json();

    assertThat(json.at("/tasks")).hasSize(2);
    JsonNode task = json.at("/tasks/1");
    assertThat(task.at("/name").asString()).isEqualTo("forward-8");
    assertThat(task.at("/medianSeconds").asDouble()).isPositive();
    assertThat(task.at("/fractionOfPeak").asDouble()).isPositive();
    assertThat(task.at("/lowSeconds").asDouble()).isPositive();
    assertThat(task.at("/bound").asString()).isIn("memory", "arithmetic");
    assertThat(task.at("/checked").asBoolean()).isTrue();
    assertThat(json.at("/failures")).isEmpty();
    assertThat(json.at("/machine/peaks/bytesPerSecond").asDouble()).isPositive();
    assertThat(json.at("/setup/kernels").asString()).isEqualTo("off");
    assertThat(json.at("/versions/libtorch").asString()).isNotBlank();
  }

  @Test
  void aTableShowsEveryTaskWithItsShareOfThePeak() {
    Console.Ran ran =
        console()
            .run("bench", "-m", Console.golden("gpt2-a"), "--task", "forward-8", "--rounds", 2);

    assertThat(ran.exit()).isZero();
    assertThat(ran.err().lines())
        .containsExactly(
            "opening the model…", "forward-8, round 0 of 2", "forward-8, round 2 of 2");
    assertThat(ran.out())
        .contains("read bandwidth", "GFLOP/s", "of peak", "a pass over 8 tokens, logits of all");
  }

  @Test
  void anUnknownTaskIsWrongUsage() {
    assertThat(console().run("bench", "--task", "dance").error(/* expectedExit= */ 2))
        .startsWith("lexiscope: --task: expected one of start-to-grid, forward-1,")
        .endsWith("got dance");
  }

  @Test
  void noRoundsAreWrongUsage() {
    assertThat(console().run("bench", "--rounds", 0).error(/* expectedExit= */ 2))
        .isEqualTo("lexiscope: --rounds: expected 1 or more, got 0");
  }

  @Test
  void aServerThatCannotWarmUpDoesNotSayThatItIsReady() {
    assertThat(
            console()
                .run("serve", "--no-open", "--quiet", "--port", 0, "--warm", "-m", "dance")
                .error(/* expectedExit= */ 1))
        .startsWith("lexiscope: ")
        .contains("dance");
  }
}
