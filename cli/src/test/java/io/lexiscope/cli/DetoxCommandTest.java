package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The detoxification experiment from the command line, with its files.
class DetoxCommandTest {
  private static final Path MICROWORLD = Path.of("../models/microworld");

  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  @Test
  void theChangeIsSavedAndThePlotDrawn() throws Exception {
    Path prompts =
        console.file(
            "prompts.jsonl",
            "{\"prompt\":{\"text\":\"At the library David kicked Mary. Mary was furious and screamed:\"}}\nOn the street Mary pushed David and laughed. David turned red and shouted:\n");
    Path saved = home.resolve("calm.json");
    Path plot = home.resolve("curve.svg");

    JsonNode result =
        console
            .run(
                "detox",
                "-m",
                MICROWORLD,
                "--prompts",
                prompts,
                "--neurons",
                "L3N433,L4N830",
                "--coefficient",
                8,
                "--doses",
                "0,8",
                "--limit",
                2,
                "--draws",
                1,
                "-n",
                6,
                "--save",
                saved,
                "--plot",
                plot,
                "--json")
            .json();

    assertThat(result.get("baseline").get("toxicity").isNumber()).isTrue();
    assertThat(result.get("rows").get(0).get("neurons").get(1).asString()).isEqualTo("L4N830");
    assertThat(Files.readString(plot))
        .startsWith("<svg")
        .contains("no change")
        .endsWith("</svg>\n");
    assertThat(
            console
                .run("compare", "-m", MICROWORLD, "Mary said:", "--intervene", saved, "-n", 0)
                .out())
        .contains("detox: set 8.0 at L3N433 L4N830");
  }

  @Test
  void slipsAreFoundBeforeAnyWork() {
    assertThat(console.run("detox", "-m", MICROWORLD, "--plot", home.resolve("no/x.svg")).error(2))
        .contains("--plot: expected a file in a folder that exists");
    assertThat(console.run("detox", "--neurons", "L0N1", "--words", " a").error(2))
        .contains("--neurons or --words, got both");
    Path bad = console.file("bad.jsonl", "{\"prompt\":7}\n");
    assertThat(console.run("detox", "-m", MICROWORLD, "--prompts", bad).error(2))
        .contains("expected an object with prompt.text", "line 1");
  }
}
