package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.cli.Console.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `search`, `index` and `clusters` on a tiny model.
class SearchVerbsTest {
  @TempDir Path home;
  private Console console;

  @BeforeEach
  void openConsole() {
    console = new Console(home);
  }

  private Ran run(Object... arguments) {
    return console.run(arguments);
  }

  @Test
  void aSearchBuildsTheIndexOnFirstUseAndSaysWhatItFound() {
    JsonNode first =
        run("search", "#17", "-m", Console.golden("gpt2-a"), "-n", 5, "--top", 3, "--json").json();
    JsonNode second =
        run(
                "search",
                "--tokens",
                "17",
                "-m",
                Console.golden("gpt2-a"),
                "-n",
                5,
                "--top",
                3,
                "--json")
            .json();

    assertThat(first.path("index").path("built").asBoolean()).isTrue();
    assertThat(second.path("index").path("built").asBoolean()).isFalse();
    assertThat(second.path("hits")).isEqualTo(first.path("hits"));
    assertThat(first.path("hits").size()).isEqualTo(5);
    JsonNode hit = first.path("hits").get(0);
    assertThat(hit.path("kind").asString()).isEqualTo("neuron");
    assertThat(hit.path("at").asString()).startsWith("blocks.").endsWith(".mlp.hook_post");
    assertThat(hit.path("label").asString())
        .isEqualTo("L" + hit.path("layer").asInt() + "N" + hit.path("neuron").asInt());
    assertThat(hit.path("sign").asInt()).isEqualTo(1);
    assertThat(hit.path("top").size()).isEqualTo(3);
    assertThat(hit.path("bottom").size()).isEqualTo(3);
    assertThat(hit.path("words").get(0).path("score").asDouble())
        .isEqualTo(hit.path("score").asDouble());
    assertThat(first.path("milliseconds").asDouble()).isPositive();
    assertThat(home.resolve("cache/index")).isDirectory();
  }

  @Test
  void firingRatesAreMeasuredOnACorpusAndFilteredOn() {
    // A model without a tokenizer has no corpus: said, and nothing built.
    Path corpus = console.file("corpus.txt", "some text");

    assertThat(run("index", "-m", Console.golden("gpt2-a"), "--corpus", corpus).error(1))
        .contains("tokenizer");
    assertThat(run("search", "#17 rate:>0.1", "-m", Console.golden("gpt2-a")).error(1))
        .contains("expected an index with firing rates")
        .contains("index --corpus FILE");
  }

  @Test
  void anIndexIsBuiltOnceAndAnewWhenAsked() {
    JsonNode built = run("index", "-m", Console.golden("gpt2-a"), "--json").json();
    JsonNode there = run("index", "-m", Console.golden("gpt2-a"), "--json").json();
    Ran anew = run("index", "-m", Console.golden("gpt2-a"), "--rebuild");

    assertThat(built.path("index").path("built").asBoolean()).isTrue();
    assertThat(there.path("index").path("built").asBoolean()).isFalse();
    assertThat(Files.isDirectory(Path.of(there.path("folder").asString()))).isTrue();
    assertThat(anew.exit()).isZero();
    assertThat(anew.out()).contains("built in ").contains("without firing rates");
  }

  @Test
  void clustersAndTheVectorsInNoneCoverEveryNeuronOnce() {
    JsonNode clusters =
        run("clusters", "-k", 7, "--linkage", "average", "-m", Console.golden("gpt2-a"), "--json")
            .json();

    assertThat(clusters.path("exact").asBoolean()).isTrue();
    assertThat(clusters.path("vectors").asInt()).isEqualTo(3 * 256);
    int neurons = clusters.path("inNone").asInt();
    for (JsonNode cluster : clusters.path("clusters")) {
      neurons += cluster.path("size").asInt();
      assertThat(cluster.path("neurons").size()).isEqualTo(cluster.path("size").asInt());
    }
    assertThat(neurons).isEqualTo(3 * 256);
  }

  @Test
  void whatCannotBeAnsweredIsSaidInOneLine() {
    assertThat(run("search").error(2)).contains("search: expected words, got none");
    assertThat(run("search", "#1 colour:red", "-m", Console.golden("gpt2-a")).error(1))
        .contains("search: expected one of the keys");
    assertThat(run("search", "#1", "-n", 0, "-m", Console.golden("gpt2-a")).error(2))
        .contains("search: expected 1 or more hits, got 0");
    assertThat(run("search", "#99999", "-m", Console.golden("gpt2-a")).error(1))
        .contains("search: expected a token id from 0 to 511, got 99999");
    assertThat(run("search", "--tokens", "-4", "-m", Console.golden("gpt2-a")).error(2))
        .contains("search: expected token ids of 0 or more, got -4");
    assertThat(run("clusters", "-k", 0, "-m", Console.golden("gpt2-a")).error(2))
        .contains("clusters: expected 1 or more clusters, got 0");
    assertThat(run("clusters", "-k", 100000, "-m", Console.golden("gpt2-a")).error(1))
        .contains("clusters: expected a number of clusters from 1 to");
    assertThat(run("clusters", "--linkage", "single").exit()).isEqualTo(2);
    assertThat(run("index", "--corpus", home.resolve("none.txt")).error(2))
        .contains("read: expected a readable file, got none");
  }

  @Test
  void aCacheThatCannotBeWrittenIsSaidInOneLine() {
    console.file("cache", "a file where a folder is wanted");

    assertThat(run("search", "#1", "-m", Console.golden("gpt2-a")).error(1))
        .contains("index: expected to write in ")
        .contains("make room there or give another cache folder");
  }
}
