package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Rules for early exit from the command line, written and used.
class ExitCommandTest {
  private static final Path MICROWORLD = Path.of("../models/microworld");

  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  /// Small enough for a test.
  private Console.Ran exit(Object... more) {
    List<Object> all = new ArrayList<>(List.of("exit", "-m", MICROWORLD, "--examples", 60));
    all.addAll(List.of("--tests", 30, "--clusters", 20, "--splits", 1, "--prompts", 1, "-n", 4));
    all.addAll(Arrays.asList(more));
    return console.run(all.toArray());
  }

  @Test
  void aRuleIsWrittenAndGenerateLeavesByIt() throws Exception {
    Path file = home.resolve("rule.json");

    JsonNode result = exit("--rule", "confidence", "-o", file, "--json").json();
    JsonNode text =
        console
            .run(
                "generate",
                "The capital of Norway is",
                "-m",
                MICROWORLD,
                "-n",
                4,
                "--early-exit",
                file,
                "--json")
            .json();

    assertThat(result.path("rule").asString()).isEqualTo("confidence");
    assertThat(result.path("rows").size()).isEqualTo(7);
    assertThat(result.has("learned")).isFalse();
    assertThat(Files.readString(file)).contains("\"confidence\"");
    assertThat(text.path("earlyExit").path("rule").asString()).isEqualTo("confidence");
    assertThat(text.path("generated").get(0).has("exitLayer")).isTrue();
  }

  @Test
  void theTableHasEveryRuleBetweenNeverAndOracle() {
    String table = exit().out();

    assertThat(table)
        .contains("never", "sub-updates", "sub-updates-rank", "confidence", "probe", "oracle")
        .contains("in generation")
        .contains("time saved %");
  }

  @Test
  void whatCannotBeDoneIsRefusedInOneLine() {
    assertThat(exit("--rule", "soon").error(2)).contains("expected one of the rules");
    assertThat(exit("--agreement", 2).error(2)).contains("expected an agreement above 0");
    assertThat(exit("-o", home.resolve("none/rule.json")).error(2)).contains("make the folder");
    assertThat(console.run("generate", "a", "-m", MICROWORLD, "--early-exit", "oracle").error(1))
        .contains("only the whole network knows");
  }
}
