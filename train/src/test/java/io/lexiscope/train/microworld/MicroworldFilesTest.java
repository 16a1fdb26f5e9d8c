package io.lexiscope.train.microworld;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.train.task.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MicroworldFilesTest {
  @TempDir Path folder;

  @Test
  void everyEditHasAWrongTargetAParaphraseAndANeighbourThatKeepsItsTruth() throws IOException {
    MicroworldFiles.write(folder);

    JsonNode edits = read("counterfact.json");

    assertThat(edits.size()).isEqualTo(World.load().facts().size());
    for (JsonNode edit : edits) {
      assertThat(edit.get("prompt").asString()).contains(edit.get("subject").asString());
      assertThat(edit.get("target_new")).isNotEqualTo(edit.get("ground_truth"));
      assertThat(edit.get("rephrase_prompt")).isNotEqualTo(edit.get("prompt"));
      assertThat(edit.get("rephrase_prompt").asString()).contains(edit.get("subject").asString());
      assertThat(edit.get("locality_prompt")).isNotEqualTo(edit.get("prompt"));
      assertThat(edit.get("locality_ground_truth")).isNotEqualTo(edit.get("target_new"));
    }
  }

  @Test
  void paraphrasesAreExactlyTheWithheldPhrasings() throws IOException {
    MicroworldFiles.write(folder);
    var expected = new HashSet<String>();
    World.load()
        .facts()
        .forEach(f -> Withholding.template(f).ifPresent(t -> expected.add(f.prompt(t))));

    var written = new HashSet<String>();
    read("paraphrases.json").forEach(row -> written.add(row.get("prompt").asString()));

    assertThat(written).isEqualTo(expected);
  }

  @Test
  void indirectObjectsAreAboutHeldOutPairsInBothOrders() throws IOException {
    MicroworldFiles.write(folder);
    var orders = new HashSet<String>();

    for (JsonNode row : read("ioi.json")) {
      String answer = row.get("answer").asString();
      String giver = row.get("subject").asString();
      assertThat(Cast.splitOf(answer, giver)).isEqualTo(Split.VALIDATION);
      assertThat(row.get("prompt").asString().split(giver, -1)).hasSize(3);
      orders.add(row.get("order").asString());
    }

    assertThat(orders).containsExactlyInAnyOrder("ABBA", "BABA");
  }

  @Test
  void writingTwiceGivesTheSameBytes() throws IOException {
    MicroworldFiles.write(folder.resolve("one"));
    MicroworldFiles.write(folder.resolve("two"));

    try (var files = Files.list(folder.resolve("one"))) {
      for (Path file : files.toList()) {
        assertThat(file).hasSameBinaryContentAs(folder.resolve("two").resolve(file.getFileName()));
      }
    }
  }

  private JsonNode read(String file) throws IOException {
    return JsonMapper.builder().build().readTree(Files.readString(folder.resolve(file)));
  }
}
