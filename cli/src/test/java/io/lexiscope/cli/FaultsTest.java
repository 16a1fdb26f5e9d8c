package io.lexiscope.cli;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.cli.Console.Ran;
import io.lexiscope.model.FaultCase;
import io.lexiscope.tensor.testing.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Numbers and words that were once not so; the cases say what is right and who says it.
class FaultsTest {
  private static final String SOFTCAP_TOKENS = "3,17,5,40,22,9,31,12,44,2,7,19,33,28,6,11";

  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@FILE", "@@alice", "-n 5", "--json", "#hello", "=hello", "--", "-"})
  void aTextIsThatTextWhateverItBeginsWith(String written) {
    String text = written.replace("FILE", console.file("notes", "other words").toString());

    JsonNode result =
        console.run("tokenize", "-m", FaultCase.EOS_LIST.folder(), "--json", "--", text).json();

    assertThat(result.path("text").asString()).isEqualTo(text);
  }

  @Test
  void aWordToFollowIsThatWordWhateverItBeginsWith() {
    Path file = console.file("words", "-m nosuch");

    assertThat(
            console
                .run("lens", "-m", FaultCase.EOS_LIST.folder(), "hello", "--target", "@" + file)
                .error(1))
        .contains("@" + file);
  }

  @Test
  void everyEndTokenThatTheFolderListsEnds() {
    JsonNode result =
        console
            .run(
                "generate",
                "-m",
                FaultCase.EOS_LIST.folder(),
                "hello world",
                "-n",
                "8",
                "--stop-at-end",
                "--json")
            .json();

    assertThat(result.path("generated").size()).isEqualTo(1);
    assertThat(result.path("generated").get(0).path("id").asInt()).isEqualTo(268);
    assertThat(result.path("stopped").asString()).isEqualTo("endOfText");
  }

  @Test
  void aBeginningTokenIsAddedWhereTheReferenceAddsOne() {
    JsonNode result =
        console
            .run(
                "tokenize",
                "-m",
                FaultCase.BOS_WITHOUT_POSTPROCESSOR.folder(),
                "hello world",
                "--json")
            .json();

    assertThat(result.path("tokens")).hasSize(2);
    assertThat(result.path("tokens").get(0).path("id").asInt()).isEqualTo(261);
  }

  @Test
  void weightsThatAreNotUsedAreNamed() {
    Path model = FaultCase.UNUSED_WEIGHTS.folder();

    JsonNode info = console.run("info", "-m", model, "--json").json();
    JsonNode lens = console.run("lens", "-m", model, "--tokens", "3,17,5", "--json").json();
    Ran text = console.run("lens", "-m", model, "--tokens", "3,17,5");

    assertThat(info.path("unusedWeights").size()).isEqualTo(8);
    assertThat(info.path("unusedWeights").toString())
        .contains("model.layers.0.self_attn.q_proj.bias");
    assertThat(lens.path("provenance").path("notes").get(0).asString())
        .startsWith("model: 8 tensors of the weight file are not used")
        .contains("model.layers.0.self_attn.k_proj.bias");
    assertThat(text.out()).startsWith("note: model: 8 tensors");
  }

  @Test
  void fewerLayersThanTheFileHasAreSaid() throws IOException {
    Path model = console.copy("gpt2-a");
    Path config = model.resolve("config.json");
    String fewer = Files.readString(config).replaceAll("\"n_layer\": *3", "\"n_layer\": 2");
    Files.writeString(config, fewer);

    JsonNode info = console.run("info", "-m", model, "--json").json();

    assertThat(info.path("layers").asInt()).isEqualTo(2);
    assertThat(info.path("provenance").path("notes").get(0).asString())
        .contains("the weight file has 3 layers, the configuration 2");
  }

  @Test
  void anAdapterThatIsNotAppliedIsSaid() throws IOException {
    Path model = console.copy("gpt2-a");
    Files.writeString(model.resolve("adapter_config.json"), "{}");

    assertThat(console.run("info", "-m", model, "--json").json().path("provenance").path("notes"))
        .hasSize(1)
        .allMatch(note -> note.asString().contains("adapter_config.json"));
  }

  @Test
  void attributionNamesTheFinalSoftCap() {
    Path model = FaultCase.SOFTCAP_ATTRIBUTION.folder();
    Object[] one = {"attribution", "-m", model, "--tokens", SOFTCAP_TOKENS, "--target", "#37"};

    JsonNode result = console.run(and(one, "--json")).json();
    JsonNode pair =
        console
            .run(
                "attribution",
                "-m",
                model,
                "--tokens",
                SOFTCAP_TOKENS,
                "--target",
                "#7",
                "--against",
                "#9",
                "--json")
            .json();

    assertClose(
        result.path("exact").asDouble() + result.path("meanLogit").asDouble(),
        5.0744,
        Tolerance.within(1e-3));
    assertThat(result.path("softCap").asDouble()).isEqualTo(5);
    assertClose(result.path("capped").asDouble(), 3.8389, Tolerance.within(1e-3));
    assertClose(pair.path("exact").asDouble(), -0.6039, Tolerance.within(1e-3));
    assertClose(pair.path("capped").asDouble(), -0.5787, Tolerance.within(1e-3));
    assertThat(console.run(one).out()).contains("soft cap of 5.0").contains("+3.8389");
  }

  @Test
  void aRotaryModelIsComputedBeyondItsContextAndSaysSo() {
    Path model = Console.golden("llama-a");
    int context = console.run("info", "-m", model, "--json").json().path("context").asInt();

    JsonNode inside =
        console.run("lens", "-m", model, "--tokens", Console.ids(context), "--json").json();
    JsonNode beyond =
        console
            .run(
                "lens",
                "-m",
                model,
                "--tokens",
                Console.ids(context + 1),
                "--positions",
                "-1",
                "--json")
            .json();
    JsonNode grown =
        console
            .run("generate", "-m", model, "--tokens", Console.ids(context - 1), "-n", "3", "--json")
            .json();

    assertThat(inside.has("notes")).isFalse();
    assertThat(beyond.path("notes").get(0).asString()).startsWith("context: ");
    assertThat(grown.path("generated").size()).isEqualTo(3);
    assertThat(grown.path("notes").get(0).asString()).startsWith("context: ");
  }

  @Test
  void numbersThatAreNotFiniteAreNotReadAsWords() {
    Path model = FaultCase.NAN_GENERATE.folder();
    Path edits =
        console.file("edits.json", "[{\"kind\":\"scale\",\"heads\":[\"L0H0\"],\"value\":1}]");

    for (Object[] asked :
        List.of(
            new Object[] {"lens", "-m", model, "hello world"},
            new Object[] {"lens", "-m", model, "hello world", "--positions", "-1"},
            new Object[] {"ffn", "-m", model, "hello world"},
            new Object[] {"compare", "-m", model, "hello world", "--intervene", edits, "-n", "0"},
            new Object[] {"attribution", "-m", model, "hello world", "--target", "#5"})) {
      String text = console.run(asked).out();

      assertThat(text).as(asked[0].toString()).startsWith("not finite: ");
      assertThat(text).doesNotContain("<unk> NaN", "<s> NaN").doesNotContainPattern("\\bNaN\\b");
    }
    JsonNode attribution =
        console.run("attribution", "-m", model, "hello world", "--target", "#5", "--json").json();
    assertThat(attribution.path("notFinite").get(0).path("count").asInt()).isPositive();
  }

  @Test
  void aWordOfSeveralTokensIsRefusedByASearchAsByALens() {
    Path model = FaultCase.EOS_LIST.folder();

    assertThat(console.run("search", "-m", model, "nosuchwordxyz").error(1))
        .contains("expected a word that is one token, got nosuchwordxyz, which is ")
        .contains("·");
    assertThat(console.run("lens", "-m", model, "hello", "--target", "nosuchwordxyz").error(1))
        .contains("nosuchwordxyz");
  }

  @Test
  void optionsAndPlacesWithoutEffectAreRefused() {
    Path far =
        console.file("far.json", "{\"kind\":\"ablate\",\"heads\":[\"L0H0\"],\"positions\":[99]}");
    Path twice =
        console.file("twice.json", "{\"kind\":\"ablate\",\"neurons\":[\"L0N3\",\"L0N3\"]}");

    assertThat(console.gpt2("lens", "--head", "1").error(2)).contains("expected heads with a hook");
    assertThat(console.gpt2("lens", "--neuron", "1").error(2)).contains("expected neurons with");
    for (String verb : List.of("lens", "ffn", "attribution", "generate", "compare")) {
      assertThat(console.gpt2(verb, "--intervene", far).error(1))
          .contains("interventions: expected positions below");
    }
    assertThat(console.gpt2("lens", "--intervene", twice).error(1)).contains("twice");
    assertThat(console.gpt2("tokenize", "--intervene", far).error(2)).contains("--intervene");
  }

  @Test
  void parityWithAnotherShapeNamesBothShapes() {
    Path golden = Console.golden("gpt-neo-a").resolve("golden.safetensors");

    String error =
        console.run("parity", "-m", Console.golden("gpt2-a"), "--golden", golden).error(1);

    assertThat(error).contains("of shape").doesNotContain("Infinity");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 257, Integer.MAX_VALUE})
  void beamsBeyondAnyUseAreRefused(int beams) {
    assertThat(console.gpt2("generate", "--beams", beams).error(2))
        .contains("generate: expected 1 to 256 beams, got " + beams);
  }

  @Test
  void moreHitsThanThereAreGivesAllThereAre() {
    JsonNode result =
        console
            .run("search", "#17", "-m", Console.golden("gpt2-a"), "-n", Integer.MAX_VALUE, "--json")
            .json();

    assertThat(result.path("searched").asInt()).isEqualTo(3 * 256);
    assertThat(result.path("hits").size()).isBetween(100, 3 * 256);
    assertThat(result.path("hits")).allMatch(hit -> hit.path("score").asDouble() > 0);
  }

  @Test
  void whatCanBeCheckedBeforeWorkIs() {
    Path model = Console.golden("gpt2-a");

    assertThat(console.run("exit", "-m", model, "--rule", "bogus").error(2))
        .contains("exit: expected one of the rules sub-updates");
    assertThat(console.run("exit", "-m", model, "--agreement", "2").error(2))
        .contains("expected an agreement above 0 and up to 1, got 2.0");
    assertThat(console.run("detox", "-m", model, "--count", "100000").error(1))
        .contains("detox: expected at most 768 vectors in count, got 100,000");
    assertThat(console.run("search", "-m", Console.golden("bert-a"), "#1").error(1))
        .contains("search: expected a model that predicts words");
    assertThat(home.resolve("cache/index")).doesNotExist();
  }

  @Test
  void noWordsAtAllAreNoMistake() {
    assertThat(console.gpt2("lens", "--top", "0").exit()).isZero();
    assertThat(console.gpt2("lens", "--top", "0", "--positions", "-1").exit()).isZero();
    assertThat(console.gpt2("ffn", "--top", "0").exit()).isZero();
    assertThat(console.gpt2("compare", "--set", "L0H0=0", "--top", "0", "-n", "0").exit()).isZero();
    assertThat(console.run("clusters", "-m", Console.golden("gpt2-a"), "-n", "-1").error(2))
        .contains("-n: expected 0 or more clusters, got -1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Infinity", "NaN", "4f", "0x1p3", "-1", "1e999"})
  void numbersAreFiniteAndInDecimals(String temperature) {
    assertThat(console.gpt2("generate", "--temperature", temperature).error(2))
        .contains("temperature");
    assertThat(console.gpt2("compare", "--set", "L0N1=" + temperature.replace("-1", "4d")).error(2))
        .contains("--set");
  }

  @Test
  void aMessageIsCutWhereWhatWasGivenIsLong() {
    String error = console.gpt2("lens", "--at", "x".repeat(20_000)).error(1);

    assertThat(error).hasSizeLessThan(1300);
  }

  @Test
  void aByteOrderMarkIsNoPartOfAFile() {
    Path edits = console.file("edits.json", "\uFEFF{\"kind\":\"ablate\",\"heads\":[\"L0H0\"]}");

    assertThat(console.gpt2("lens", "--intervene", edits, "--json").json().path("provenance"))
        .anyMatch(part -> part.toString().contains("L0H0"));
  }

  private static Object[] and(Object[] some, Object last) {
    return IntStream.rangeClosed(0, some.length)
        .mapToObj(i -> i < some.length ? some[i] : last)
        .toArray();
  }
}
