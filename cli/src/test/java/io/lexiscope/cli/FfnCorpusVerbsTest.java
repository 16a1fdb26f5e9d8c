package io.lexiscope.cli;

import static io.lexiscope.cli.Console.golden;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `neuron`, `events` and `reproduce` on the command line.
class FfnCorpusVerbsTest {
  private static final Path MICROWORLD = Path.of("..", "models", "microworld");
  private static final String TEXT =
      "The capital of Norway is Oslo. The capital of France is Paris. The lion eats meat. Lisa gave the book to John.\n";

  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  /// Examples, with the prompts of one token and of sinks that are counted apart.
  private static int examined(JsonNode events) {
    JsonNode apart = events.get("apart");
    return events.get("examples").asInt()
        + apart.get("oneToken").asInt()
        + apart.get("sinks").asInt();
  }

  @Test
  void theCardOfANeuronHasKeyValueAndCoefficients() {
    JsonNode card =
        console
            .run(
                "neuron",
                "L2N531",
                "The capital of Norway is",
                "-m",
                MICROWORLD,
                "--words",
                "5",
                "--null",
                "9",
                "--json")
            .json();

    assertThat(card.get("name").asString()).isEqualTo("L2N531");
    assertThat(card.get("tokens")).hasSize(5);
    assertThat(card.get("coefficients")).hasSize(5);
    assertThat(card.get("values")).hasSize(2);
    assertThat(card.get("values").get(0).get("convention").get("name").asString())
        .isEqualTo("frozenScale");
    assertThat(card.get("values").get(0).get("top")).hasSize(5);
    assertThat(card.get("keys").get(0).get("branch").asString()).isEqualTo("input");
    assertThat(card.get("overlap").asDouble()).isBetween(0.0, 1.0);
    JsonNode same =
        console
            .run("neuron", "v3_532", "The capital of Norway is", "-m", MICROWORLD, "--json")
            .json();
    assertThat(same.get("name").asString()).isEqualTo("L2N531");
    double there =
        console
            .run(
                "ffn",
                "The capital of Norway is",
                "-m",
                MICROWORLD,
                "--layers",
                "2",
                "--top",
                "1024",
                "--words",
                "1",
                "--null",
                "0",
                "--json")
            .json()
            .get("layers")
            .get(0)
            .get("subUpdates")
            .valueStream()
            .filter(update -> update.get("neuron").asInt() == 531)
            .findFirst()
            .orElseThrow()
            .get("coefficient")
            .asDouble();
    assertClose(card.get("coefficients").get(4).asDouble(), there, Tolerance.within(1e-4));
  }

  @Test
  void aGatedNeuronHasTwoKeysAndNeedsNoPrompt() {
    JsonNode card = console.run("neuron", "L1N9", "-m", golden("llama-a"), "--json").json();

    assertThat(card.get("keys").valueStream().map(key -> key.get("branch").asString()))
        .containsExactly("gate", "up");
    assertThat(card.get("coefficients")).isEmpty();
    assertThat(card.get("triggers")).isEmpty();
  }

  @Test
  void triggersComeFromAFileOfSentences() throws Exception {
    Path data = Files.writeString(home.resolve("text.txt"), TEXT);

    JsonNode card =
        console
            .run("neuron", "L2N531", "-m", MICROWORLD, "--data", data, "--triggers", "3", "--json")
            .json();
    Console.Ran people =
        console.run(
            "neuron", "L2N531", "The lion", "-m", MICROWORLD, "--data", data, "--triggers", "3");

    assertThat(card.get("sentences").asInt()).isEqualTo(4);
    assertThat(card.get("triggers")).hasSize(3);
    double last = Double.POSITIVE_INFINITY;
    for (JsonNode trigger : card.get("triggers")) {
      assertThat(trigger.get("coefficient").asDouble()).isLessThanOrEqualTo(last);
      last = trigger.get("coefficient").asDouble();
      assertThat(trigger.get("position").asInt()).isLessThan(trigger.get("tokens").size());
    }
    assertThat(people.exit()).isZero();
    assertThat(people.out()).contains("promotes", "suppresses", "listens for", "fires most in 4");
  }

  @Test
  void eventsAreCountedOverTextAndOverPrompts() throws Exception {
    Path text = Files.writeString(home.resolve("text.txt"), TEXT);
    Path lines =
        Files.writeString(
            home.resolve("prompts.jsonl"),
            "{\"prompt\": \"The capital of Norway is\"}\n\n{\"prompt\": {\"text\": \"The lion eats\"}}\n{\"text\": \"Lisa\"}\n");

    JsonNode sampled =
        console.run("events", "-m", MICROWORLD, "--data", text, "--seed", "3", "--json").json();
    JsonNode whole = console.run("events", "-m", MICROWORLD, "--data", lines, "--json").json();
    Console.Ran people = console.run("events", "-m", MICROWORLD, "--data", lines, "-n", "2");

    assertThat(examined(sampled)).isEqualTo(4);
    assertThat(examined(whole)).isEqualTo(3);
    for (JsonNode result : new JsonNode[] {sampled, whole}) {
      assertThat(result.get("layers")).hasSize(6);
      assertThat(result.get("scores")).hasSize(4);
      double sum =
          result
              .get("layers")
              .valueStream()
              .mapToDouble(layer -> layer.get("saturated").get("value").asDouble())
              .sum();
      assertClose(sum, 1, Tolerance.within(1e-9));
    }
    assertThat(people.exit()).isZero();
    assertThat(people.out()).contains("2 examples", "dominant", "random", "saturates here");
  }

  @Test
  void aStudyIsWrittenAsAPageAndAsJson() throws Exception {
    Path data = Files.writeString(home.resolve("text.txt"), TEXT);
    Path folder = home.resolve("report");

    Console.Ran ran =
        console.run(
            "reproduce",
            "ffn-concepts",
            "-m",
            golden("llama-a"),
            "-o",
            folder,
            "--data",
            data,
            "--vectors",
            "5",
            "--json");

    JsonNode result = ran.json();
    assertThat(ran.exit()).isZero();
    assertThat(result.get("failed").asInt()).isZero();
    assertThat(result.get("passed").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(result.get("written")).hasSize(2);
    for (JsonNode check : result.get("checks")) {
      assertThat(check.has("name")).isTrue();
      assertThat(check.has("published")).isTrue();
      assertThat(check.has("measured")).isTrue();
    }
    String page = Files.readString(folder.resolve("ffn-concepts.html"));
    assertThat(page).startsWith("<!doctype html>").contains("not applicable", "Table 8", "passed");
    JsonNode written =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("ffn-concepts.json")));
    assertThat(written.get("checks")).isEqualTo(result.get("checks"));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | neuron L9N1 | neuron: expected L0N0 to L2N",
        "1 | neuron five | neuron: expected a name such as L3N812",
        "2 | neuron L1N1 --triggers 0 | neuron: expected 1 to 200 in triggers, got 0",
        "1 | events --data nowhere.txt | events: expected a readable file, got none at nowhere.txt",
        "2 | events --data nowhere.txt -n 0 | events: expected 1 to 200,000 examples, got 0",
        "2 | events --data nowhere.txt --threshold 0 | events: expected a threshold above 0, got 0.0",
        "1 | reproduce visit | reproduce: expected one of the studies ffn-concepts, inversion, value-tracing, flow-graph, got visit",
        "2 | reproduce ffn-concepts --examples 0 | reproduce: expected 1 or more in examples, got 0",
      })
  void whatCannotBeDoneIsRefusedInOneLine(int exit, String line, String message) {
    Object[] words = (line + " -m " + golden("gpt2-a")).split(" ");

    Console.Ran ran = console.run(words);

    assertThat(ran.exit()).isEqualTo(exit);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().strip()).startsWith("lexiscope: " + message).hasLineCount(1);
  }

  @Test
  void aFileOfOtherLinesIsRefusedWithThePlace() throws Exception {
    Path data =
        Files.writeString(home.resolve("prompts.jsonl"), "{\"prompt\": \"a\"}\n{\"x\": 1}\n");

    Console.Ran ran = console.run("events", "-m", MICROWORLD, "--data", data);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .contains("expected an object with a prompt or a text, got none at")
        .contains("line 2");
  }
}
