package io.lexiscope.cli;

import static io.lexiscope.cli.Console.golden;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.testing.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Every verb's JSON has the fields of the contract, is alone on stdout, and says what is so.
class VerbsTest {
  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2-a, 3", "gpt-neo-a, 4", "llama-a, 3", "gptj-a, 3", "gpt-neox-a, 3", "mistral-a, 3",
    "qwen2-a, 3", "qwen3-a, 3", "gemma2-a, 3", "gemma3-text-a, 6", "opt-a, 3", "phi-a, 3",
    "olmo2-a, 3", "bert-a, 3"
  })
  void infoSaysWhatEveryFamilyIs(String name, int layers) {
    JsonNode info = console.run("info", "-m", golden(name), "--json").json();

    has(
        info,
        "family",
        "layers",
        "heads",
        "kvHeads",
        "dModel",
        "dHead",
        "dMlp",
        "vocabulary",
        "context",
        "parameters",
        "tied",
        "dtype",
        "hookPoints",
        "provenance",
        "model");
    assertThat(info.get("layers").asInt()).isEqualTo(layers);
    assertThat(info.get("vocabulary").asInt()).isEqualTo(512);
    assertThat(info.get("hookPoints").valueStream().map(JsonNode::asString))
        .contains("blocks.2.hook_resid_post");
  }

  @Test
  void infoSaysTheSizesOfTheCheckpoint() {
    JsonNode info = console.run("info", "-m", golden("llama-a"), "--json").json();

    assertThat(info.get("family").asString()).isEqualTo("llama");
    assertThat(info.get("dModel").asInt()).isEqualTo(64);
    assertThat(info.get("heads").asInt()).isGreaterThan(info.get("kvHeads").asInt());
    assertThat(info.get("provenance").get("weightHash").asString()).hasSize(64);
  }

  @Test
  void modelsAreThoseOfTheHome() throws Exception {
    Path bundled = Files.createDirectories(home.resolve("models"));
    Files.move(console.copy("gpt2-a"), bundled.resolve("tiny"));

    JsonNode models = console.run("models", "--json").json().get("models");

    assertThat(models).hasSize(1);
    has(models.get(0), "name", "path", "family", "parameters");
    assertThat(models.get(0).get("name").asString()).isEqualTo("tiny");
    assertThat(console.run("info", "-m", "tiny", "--json").json().get("layers").asInt())
        .isEqualTo(3);
  }

  @Test
  void generateAddsAsManyTokensAsAsked() {
    JsonNode result = console.gpt2("generate", "-n", "4", "--json").json();

    has(result, "model", "tokens", "provenance", "prompt", "text", "generated", "tokensPerSecond");
    assertThat(result.get("tokens").valueStream().map(t -> t.get("id").asInt()))
        .containsExactly(5, 17, 99, 4, 300);
    assertThat(result.get("generated")).hasSize(4);
    result.get("generated").forEach(token -> has(token, "id", "text", "probability"));
  }

  @Test
  void greedyIsTheDefaultAndASeedMakesDrawsRepeatable() {
    assertThat(generated("--temperature", "0")).isEqualTo(generated());
    assertThat(generated("--temperature", "30", "--seed", "3"))
        .isEqualTo(generated("--temperature", "30", "--seed", "3"))
        .isNotEqualTo(generated("--temperature", "30", "--seed", "4"));
  }

  @Test
  void scoreIsTheMeanOfTheTokensLosses() {
    JsonNode result = console.gpt2("score", "--json").json();

    has(result, "tokens", "meanNats", "perplexity", "bitsPerByte", "provenance");
    double mean =
        result.get("tokens").valueStream().skip(1).mapToDouble(t -> t.get("nats").asDouble()).sum()
            / 4;
    assertClose(result.get("meanNats").asDouble(), mean, Tolerance.within(1e-6));
    assertClose(Math.log(result.get("perplexity").asDouble()), mean, Tolerance.within(1e-6));
  }

  @Test
  void activationsAreWrittenUnderTheirNames() {
    Path file = home.resolve("a.safetensors");

    JsonNode result =
        console
            .gpt2("activations", "--at", "blocks.*.hook_resid_post,logits", "-o", file, "--json")
            .json();

    assertThat(result.get("written").valueStream().map(t -> t.get("name").asString()))
        .contains(
            "blocks.0.hook_resid_post",
            "blocks.1.hook_resid_post",
            "blocks.2.hook_resid_post",
            "logits");
    result.get("written").forEach(tensor -> has(tensor, "name", "shape"));
    assertThat(file).isRegularFile();
  }

  @Test
  void aModelIsAtParityWithItsOwnActivationsFile() {
    Path file = home.resolve("a.safetensors");
    console.gpt2("activations", "--at", "logits,blocks.*.hook_mlp_out", "-o", file);

    JsonNode result =
        console
            .run("parity", "-m", golden("gpt2-a"), "--golden", file, "--atol", "0", "--json")
            .json();

    assertThat(result.get("passed").asBoolean()).isTrue();
    assertThat(result.get("maxAbsDiff").size()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void parityPassesOnTheReferenceAndFailsWhenTheToleranceIsTooSmall() {
    Path reference = golden("gpt2-a").resolve("golden.safetensors");

    JsonNode passed =
        console.run("parity", "-m", golden("gpt2-a"), "--golden", reference, "--json").json();
    Console.Ran failed =
        console.run(
            "parity", "-m", golden("gpt2-a"), "--golden", reference, "--atol", "1e-12", "--json");

    has(passed, "passed", "maxAbsDiff", "unknown");
    assertThat(passed.get("maxAbsDiff").has("logits")).isTrue();
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.document().get("passed").asBoolean()).isFalse();
  }

  @Test
  void parityWithoutAFileChecksTheModelAgainstItself() {
    JsonNode result = console.run("parity", "-m", golden("gpt2-a"), "--json").json();
    Console.Ran strict = console.run("parity", "-m", golden("gpt2-a"), "--atol", "0", "--json");

    assertThat(result.get("passed").asBoolean()).isTrue();
    assertThat(result.get("maxAbsDiff").has("cache")).isTrue();
    assertThat(result.get("checks").size()).isEqualTo(8);
    assertThat(strict.exit()).isEqualTo(1);
    assertThat(text(console.run("parity", "-m", golden("bert-a"))))
        .startsWith("passed: 5 identities on 16 random tokens")
        .contains("causality  n/a");
  }

  @Test
  void aModelWithRandomWeightsOpensAndItsSeedDecidesIt() throws IOException {
    Path config = golden("qwen3-a").resolve("config.json");
    Path folder = home.resolve("random");
    JsonNode result =
        console.run("new", "--like", config, "-o", folder, "--seed", "3", "--json").json();
    Console.Ran same =
        console.run("new", "--like", config, "-o", home.resolve("same"), "--seed", "3");
    Console.Ran other =
        console.run("new", "--like", config, "-o", home.resolve("other"), "--dtype", "bf16");

    has(result, "written", "family", "parameters", "bytes", "seed", "dtype");
    assertThat(text(same)).contains("random float32 weights of seed 3");
    assertThat(text(other)).contains("random bfloat16 weights of seed 0");
    assertThat(result.get("written").asString()).isEqualTo(folder.toString());
    assertThat(folder.resolve("model.safetensors"))
        .hasSameBinaryContentAs(home.resolve("same").resolve("model.safetensors"));
    assertThat(Files.size(home.resolve("other").resolve("model.safetensors")))
        .isLessThan(Files.size(folder.resolve("model.safetensors")) * 6 / 10);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
    assertThat(console.run("parity", "-m", folder, "--json").json().get("passed").asBoolean())
        .isTrue();
    assertThat(console.run("new", "--like", "gpt2", "-o", folder).error(1))
        .contains("new: expected a folder without a model, got one in " + folder);
    assertThat(console.run("new", "--like", "gpt9", "-o", home.resolve("x")).error(1))
        .contains("new: expected one of gpt2, ")
        .contains("or a config.json, got gpt9");
  }

  @Test
  void parityFailsOnTheNumbersOfAnotherModel() {
    Path others = golden("gpt-neo-a").resolve("golden.safetensors");

    Console.Ran ran = console.run("parity", "-m", golden("gpt2-a"), "--golden", others, "--json");

    assertThat(ran.error(1)).contains("the file is of another model");
  }

  @Test
  void lensReadsEveryLayerAndPosition() {
    JsonNode result =
        console.gpt2("lens", "--top", "3", "--bottom", "2", "--target", "#7", "--json").json();

    assertThat(result.get("readings")).hasSize(3 * 5);
    for (JsonNode reading : result.get("readings")) {
      has(reading, "at", "layer", "position", "norm", "entropy", "top", "bottom", "target");
      assertThat(reading.get("top")).hasSize(3);
      assertThat(reading.get("bottom")).hasSize(2);
      has(reading.get("top").get(0), "id", "text", "probability", "logit");
      has(reading.get("target"), "id", "text", "probability", "logit", "rank");
      assertThat(reading.get("target").get("rank").asInt()).isBetween(1, 512);
    }
  }

  @Test
  void lensCountsNegativePositionsAndLayersFromTheEnd() {
    JsonNode reading =
        only(console.gpt2("lens", "--layers", "-1", "--position", "-1", "--json").json());

    assertThat(reading.get("layer").asInt()).isEqualTo(2);
    assertThat(reading.get("position").asInt()).isEqualTo(4);
  }

  @Test
  void theLensAtTheEndIsTheModelsOwnNextToken() {
    JsonNode reading =
        only(console.gpt2("lens", "--layers", "2", "--position", "4", "--json").json());
    JsonNode next = console.gpt2("generate", "-n", "1", "--json").json().get("generated").get(0);

    assertThat(reading.get("top").get(0).get("id")).isEqualTo(next.get("id"));
    assertClose(
        reading.get("top").get(0).get("probability").asDouble(),
        next.get("probability").asDouble(),
        Tolerance.within(1e-5));
  }

  @Test
  void headsAndNeuronsAreReadOneByOne() {
    JsonNode heads =
        console
            .gpt2("lens", "--at", "attn.hook_z", "--head", "1,3", "--position", "-1", "--json")
            .json();
    JsonNode neuron =
        console
            .gpt2(
                "lens",
                "--at",
                "blocks.1.mlp.hook_post",
                "--neuron",
                "9",
                "--position",
                "0",
                "--json")
            .json();

    assertThat(heads.get("readings").valueStream().map(r -> r.get("head").asInt()))
        .containsExactlyInAnyOrder(1, 3, 1, 3, 1, 3);
    assertThat(only(neuron).get("neuron").asInt()).isEqualTo(9);
  }

  @Test
  void contributionsSumToTheLogit() {
    JsonNode result = console.gpt2("attribution", "--target", "#7", "--top", "5", "--json").json();

    double sum =
        result
            .get("contributions")
            .valueStream()
            .mapToDouble(c -> c.get("logits").asDouble())
            .sum();
    assertThat(result.get("contributions")).hasSize(7);
    assertClose(sum, result.get("exact").asDouble(), Tolerance.within(1e-4));
    assertClose(sum, result.get("sum").asDouble(), Tolerance.within(1e-4));
  }

  @Test
  void everyVerbHasTextForPeople() {
    Path reference = golden("gpt2-a").resolve("golden.safetensors");

    assertThat(text(console.run("info", "-m", golden("gpt2-a")))).contains("gpt2", "hook point");
    assertThat(text(console.run("models"))).contains("no models");
    assertThat(text(console.gpt2("generate", "-n", "2"))).contains("2 tokens");
    assertThat(text(console.gpt2("score"))).contains("perplexity");
    assertThat(text(console.gpt2("lens"))).contains("15 readings");
    assertThat(text(console.gpt2("attribution"))).contains("sum", "L1H0");
    assertThat(text(console.run("parity", "-m", golden("gpt2-a"), "--golden", reference)))
        .startsWith("passed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "models",
        "info",
        "tokenize",
        "generate",
        "score",
        "activations",
        "parity",
        "lens",
        "attribution",
        "heads",
        "flow",
        "ffn",
        "neuron",
        "events",
        "reproduce",
        "explain"
      })
  void everyVerbExplainsItself(String verb) {
    Console.Ran ran = console.run(verb, "--help");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("lexiscope " + verb).contains("--json");
  }

  private static String text(Console.Ran ran) {
    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isZero();
    return ran.out();
  }

  private String generated(String... more) {
    Object[] options = new Object[more.length + 3];
    System.arraycopy(more, 0, options, 0, more.length);
    options[more.length] = "-n";
    options[more.length + 1] = "8";
    options[more.length + 2] = "--json";
    return console.gpt2("generate", options).json().get("generated").toString();
  }

  private static JsonNode only(JsonNode result) {
    assertThat(result.get("readings")).hasSize(1);
    return result.get("readings").get(0);
  }

  private static void has(JsonNode node, String... fields) {
    for (String field : fields) {
      assertThat(node.has(field)).as(field + " in " + node).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void kernelsAreSwitchedAndSayTheSame(String kernels) {
    try {
      assertThat(
              console
                  .gpt2("generate", "-n", "3", "--kernels", kernels, "--json")
                  .json()
                  .get("text"))
          .isEqualTo(console.gpt2("generate", "-n", "3", "--json").json().get("text"));
    } finally {
      console.gpt2("generate", "-n", "1", "--kernels", "off");
    }
  }
}
