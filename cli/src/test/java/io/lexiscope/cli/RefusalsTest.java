package io.lexiscope.cli;

import static io.lexiscope.cli.Console.golden;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes wrong is said in one line on stderr, with the right exit code and an empty stdout.
class RefusalsTest {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  @Test
  void anUnknownModel() {
    assertThat(console.run("info", "-m", "nosuch").error(FAILED))
        .isEqualTo(
            "lexiscope: model: expected a folder with config.json, a GGUF file, a hub id in the local"
                + " cache, or one of the bundled names (there are none), got nosuch");
  }

  @Test
  void aPromptOfNoneOrTwoForms() {
    assertThat(console.run("generate", "-m", golden("gpt2-a")).error(USAGE)).contains("neither");
    assertThat(console.gpt2("generate", "text").error(USAGE)).contains("more than one");
    assertThat(console.run("generate", "-m", golden("gpt2-a"), "").error(USAGE))
        .contains("expected some text, got none");
  }

  @Test
  void textForAModelWithoutTokenizer() {
    assertThat(console.run("generate", "-m", golden("gpt2-a"), "text").error(FAILED))
        .contains("encode: expected tokenizer.json", "give token ids instead of text");
  }

  @ParameterizedTest
  @CsvSource({"1;2", "''", "'1,,2'", "x", "1.5", "99999999999"})
  void tokensThatAreNotWholeNumbers(String tokens) {
    assertThat(console.run("generate", "-m", golden("gpt2-a"), "--tokens", tokens).error(USAGE))
        .contains("--tokens: expected whole numbers separated by commas");
  }

  @ParameterizedTest
  @CsvSource({"512", "-1"})
  void tokensOutsideTheVocabulary(String id) {
    for (String verb : new String[] {"generate", "score", "lens", "attribution", "tokenize"}) {
      assertThat(console.run(verb, "-m", golden("gpt2-a"), "--tokens", "3," + id).error(FAILED))
          .isEqualTo(
              "lexiscope: "
                  + verb
                  + ": expected token ids from 0 to 511, got "
                  + id
                  + " at position 1");
    }
  }

  @Test
  void aPromptLongerThanTheContext() {
    for (String verb : new String[] {"generate", "lens", "attribution"}) {
      assertThat(
              console.run(verb, "-m", golden("gpt2-a"), "--tokens", Console.ids(129)).error(FAILED))
          .contains(verb + ": expected at most 128 tokens, the context of the model, got 129");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "blocks.0.hook_nonsense, hook name: expected one of",
    "blocks.9.hook_resid_post, expected a layer from 0 to 2",
    "blocks.0.mlp.hook_post, expected neurons to read one by one",
    "'', expected at least one hook point"
  })
  void hookPointsThatCannotBeRead(String at, String message) {
    assertThat(console.gpt2("lens", "--at", at).error(FAILED)).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "--position, 5, 'expected a position from -5 to 4, got 5'",
    "--layers, 3, 'expected layers from -3 to 2, got 3'",
    "--target, '#512', 'expected a token id from 0 to 511, got 512 in target'",
    "--target, '', expected a word in target",
    "--dtype, fp8, 'expected one of float32 and bf16, got fp8'",
    "--device, cuda, 'expected a build with the CUDA libraries for cuda, got one for the CPU"
        + " alone'",
    "--device, tpu, 'expected one of cpu and cuda, got tpu'"
  })
  void valuesOutOfRange(String option, String value, String message) {
    assertThat(console.gpt2("lens", option, value).error(FAILED)).contains(message);
  }

  @Test
  void aNumberThatNoModelCouldTakeIsWrongUsage() {
    assertThat(console.gpt2("lens", "--top", "-1").error(USAGE))
        .contains("expected 0 to 1000 words in top, got -1");
  }

  @Test
  void headsAndNeuronsThatDoNotExist() {
    assertThat(console.gpt2("lens", "--at", "attn.hook_z", "--head", "4").error(FAILED))
        .contains("expected a head from -4 to 3, got 4");
    assertThat(console.gpt2("lens", "--at", "mlp.hook_post", "--neuron", "256").error(FAILED))
        .contains("expected a neuron from -256 to 255, got 256");
  }

  @ParameterizedTest
  @CsvSource({
    "--threads, 0, '--threads: expected 1 to '",
    "--threads, 3000, '--threads: expected 1 to '",
    "-n, x, Invalid value",
    "-n, -1, '-n: expected 0 or more tokens, got -1'",
    "--kernels, perhaps, 'expected on or off, got perhaps'",
    "--temperature, hot, Invalid value",
    "--frobnicate, 1, Unknown option"
  })
  void optionsThatMakeNoSense(String option, String value, String message) {
    assertThat(console.gpt2("generate", option, value).error(USAGE)).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "--temperature, -1, 'expected a temperature of 0 or more, got -1.0'",
    "--top-p, 2, 'expected above 0 and up to 1 in topP, got 2.0'",
    "--top-k, 0, 'expected 1 or more in topK, got 0'",
    "--beams, 0, 'expected 1 to 256 beams, got 0'"
  })
  void decodingThatCannotBe(String option, String value, String message) {
    assertThat(console.gpt2("generate", option, value).error(USAGE)).contains(message);
  }

  @Test
  void anUnknownVerb() {
    assertThat(console.run("frobnicate").error(USAGE)).contains("frobnicate", "--help");
  }

  @Test
  void interventionsThatAreNoList() {
    String at = "\"at\":\"blocks.1.attn.hook_z\"";

    assertThat(intervening("[{\"kind\":\"scale\",\n !").error(USAGE))
        .contains("changes.json", "expected JSON", "line 2, column 2");
    assertThat(intervening("").error(USAGE)).contains("changes.json", "got nothing");
    assertThat(intervening("7").error(USAGE)).contains("changes.json", "expected an object");
    assertThat(intervening("[{\"kind\":\"zap\"," + at + "}]").error(USAGE))
        .contains("changes.json", "expected one of set, add, scale, ablate, mean", "got zap");
    assertThat(intervening("[{" + at + "}]").error(USAGE)).contains("the field kind");
    assertThat(intervening("[{\"kind\":\"scale\"," + at + ",\"valeu\":0}]").error(USAGE))
        .contains("got valeu in interventions[0]");
    assertThat(intervening("{\"version\":2,\"interventions\":[]}").error(USAGE))
        .contains("expected version 1, got 2");
    assertThat(intervening("{\"interventions\":[]}").error(USAGE)).contains("the field version");
    assertThat(console.gpt2("generate", "--intervene", "nofile.json").error(USAGE))
        .contains("expected a readable file", "nofile.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "scale|blocks.9.attn.hook_z|'value':0|expected a layer from 0 to 2, got 9",
        "scale|blocks.1.attn.hook_z|'value':0,'head':4|expected a head from 0 to 3, got 4",
        "scale|blocks.1.hook_resid_mid|'value':0,'head':1|expected a head at",
        "set|blocks.1.hook_resid_mid|'vector':[1,2]|expected a vector of 64 numbers",
        "scale|blocks.1.hook_resid_mid|'vector':[1,2]|expected a value to scale by",
        "scale|blocks.1.hook_resid_mid|'positions':[0]|expected a value or a vector, got neither",
        "scale|blocks.1.hook_nonsense|'value':0|hook name: expected one of",
        "set|blocks.1.mlp.hook_post|'value':0,'neuron':256|expected a neuron from 0 to 255, got"
            + " 256",
        "set|blocks.1.mlp.hook_post|'value':0,'name':'mild','neuron':256|interventions[0] (mild): ",
        "set|blocks.1.mlp.hook_post|'value':0,'on':false,'neuron':256|from 0 to 255, got 256",
        "set|blocks.1.mlp.hook_post|'value':1e999|expected a finite value, got Infinity",
        "set|blocks.1.mlp.hook_post|'value':0,'neurons':['L1N2']|one of at, neurons and heads",
        "ablate|blocks.1.attn.hook_z|'value':0|expected no value and no vector to ablate with",
        "add|blocks.1.hook_resid_mid|'value':0,'units':'pre-activation'|units for neurons only",
        "add|blocks.1.hook_resid_mid|'value':0,'where':{'from':3,'to':1}|positions in rising order",
        "add|blocks.1.hook_resid_mid|'value':0,'where':{'steps':[-1]}|generation steps: expected steps from 0",
        "add|blocks.1.hook_resid_mid|'value':1,'direction':{}|a direction by vector or by words",
        "add|blocks.1.hook_resid_mid|'value':1,'direction':{'words':[' a']}|interventions[0]: idOf",
        "add|blocks.1.hook_resid_mid|'direction':{'words':['#1']}|a value along the direction",
        "set|blocks.1.hook_resid_mid|'value':0,'positions':[-60]|a position of -"
      })
  void interventionsThatDoNotFit(String kind, String at, String rest, String message) {
    String json = "[{'kind':'%s','at':'%s',%s}]".formatted(kind, at, rest).replace('\'', '"');

    assertThat(intervening(json).error(FAILED)).contains(message);
  }

  @Test
  void namesOfNeuronsAndHeadsThatAreNone() {
    assertThat(intervening("{\"kind\":\"ablate\",\"neurons\":[\"12\"]}").error(FAILED))
        .contains("interventions[0]: neuron: expected a name such as L3N812");
    assertThat(intervening("{\"kind\":\"ablate\",\"heads\":[\"L1N2\"]}").error(FAILED))
        .contains("(layer 2, head 1, counted from 0), got L1N2, which is a neuron");
    assertThat(intervening("{\"kind\":\"ablate\",\"heads\":[]}").error(FAILED))
        .contains("at least one in heads, got an empty list");
    assertThat(console.gpt2("compare", "--set", "L1N2").error(USAGE))
        .contains("such as L3N12=4 or L2H1=mean, got 'L1N2'");
    assertThat(console.gpt2("compare", "--set", "1.2=4").error(USAGE))
        .contains("1.2, which may be the neuron L1N2 or the head L1H2; write the one you mean");
    assertThat(console.gpt2("compare", "--set", "L1E2=4").error(USAGE))
        .contains("a neuron, a head or a hook point, got L1E2, which is an expert");
    assertThat(console.gpt2("compare", "--set", "L1N2=4@steps 5-2").error(USAGE))
        .contains("generation steps: expected steps from 0 in rising order, got 5 to 2");
    assertThat(console.gpt2("compare", "--set", "L1N2=4@one").error(USAGE))
        .contains("position: expected a whole number from 0");
    assertThat(console.gpt2("compare").error(USAGE)).contains("expected interventions, got none");
  }

  @Test
  void parityUnderInterventions() {
    Path file = console.file("ablate.json", "{\"kind\":\"ablate\",\"heads\":[\"L1H0\"]}");

    assertThat(
            console
                .run("parity", "-m", golden("gpt2-a"), "--golden", "x", "--intervene", file)
                .error(USAGE))
        .contains("expected the model as it is");
  }

  @Test
  void filesThatAreNotThere() {
    assertThat(console.run("score", "-m", golden("gpt2-a"), "--file", "no.txt").error(USAGE))
        .contains("expected a readable file", "no.txt");
    assertThat(
            console
                .run("parity", "-m", golden("gpt2-a"), "--golden", "no.safetensors")
                .error(FAILED))
        .contains("open weights: expected a file, got nothing at no.safetensors");
    assertThat(
            console
                .gpt2("activations", "--at", "logits", "-o", home.resolve("no/a.safetensors"))
                .error(FAILED))
        .contains("expected a file in a folder that exists");
  }

  @Test
  void aGoldenFileWithoutPrompt() {
    Path weights = golden("gpt2-a").resolve("model.safetensors");

    assertThat(console.run("parity", "-m", golden("gpt2-a"), "--golden", weights).error(FAILED))
        .contains("parity: expected a tensor input_ids, got none");
  }

  @Test
  void aScoreOfOneToken() {
    assertThat(console.run("score", "-m", golden("gpt2-a"), "--tokens", "5").error(FAILED))
        .contains("expected at least 2 tokens");
  }

  @Test
  void aBrokenConfiguration() throws IOException {
    Path model = console.copy("gpt2-a");

    for (String text :
        new String[] {"", "{\"model_type\": \"gpt2\", ", "{\"a\": {", "[]", "nonsense"}) {
      Files.writeString(model.resolve("config.json"), text);
      assertThat(console.run("info", "-m", model).error(FAILED))
          .contains("config: expected", "JSON", "config.json");
    }
  }

  @Test
  void anUnknownFamily() throws IOException {
    Path model = console.copy("gpt2-a");
    replace(model, "\"model_type\": \"gpt2\"", "\"model_type\": \"mamba\"");

    assertThat(console.run("info", "-m", model).error(FAILED))
        .contains("expected a model_type of gpt2, ", "got mamba", "config.json");
  }

  @Test
  void weightsOfOtherShapes() throws IOException {
    Path model = console.copy("gpt2-a");
    replace(model, "\"n_embd\": 64", "\"n_embd\": 32");

    assertThat(console.run("info", "-m", model).error(FAILED))
        .contains("transformer.wte.weight of shape [vocab=512, d_model=32], got [512, 64]");
  }

  @Test
  void truncatedWeights() throws IOException {
    Path model = console.copy("gpt2-a");
    try (var file = new RandomAccessFile(model.resolve("model.safetensors").toFile(), "rw")) {
      file.setLength(100_000);
    }

    assertThat(console.run("info", "-m", model).error(FAILED))
        .contains("open weights: expected", "model.safetensors", "damaged or incomplete");
  }

  @Test
  void absentWeights() throws IOException {
    Path model = console.copy("gpt2-a");
    Files.delete(model.resolve("model.safetensors"));

    assertThat(console.run("info", "-m", model).error(FAILED))
        .contains("expected model.safetensors or model.safetensors.index.json");
  }

  @Test
  void aBrokenTokenizer() throws IOException {
    Path model = console.copy("gpt2-a");
    Files.writeString(model.resolve("tokenizer.json"), "{\"version\": \"1.0\", \"model\": {");

    assertThat(console.run("generate", "-m", model, "text").error(FAILED))
        .contains("tokenizer: expected JSON", "tokenizer.json");
  }

  @Test
  void aPortInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String error =
          console.run("serve", "--no-open", "--port", taken.getLocalPort()).error(FAILED);

      assertThat(error).contains("serve: expected", String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void anAddressThatIsNotOurs() {
    assertThat(console.run("serve", "--no-open", "--port", "70000").error(FAILED))
        .contains("expected a port of 0 to 65535, got 70000");
    assertThat(console.run("serve", "--no-open", "--host", "::1", "--token", "short").error(FAILED))
        .contains("expected a token of at least 16 characters, got 5");
  }

  private Console.Ran intervening(String json) {
    return console.gpt2("generate", "-n", "1", "--intervene", console.file("changes.json", json));
  }

  private static void replace(Path model, String old, String now) throws IOException {
    Path config = model.resolve("config.json");
    String text = Files.readString(config);
    assertThat(text).contains(old);
    Files.writeString(config, text.replace(old, now));
  }
}
