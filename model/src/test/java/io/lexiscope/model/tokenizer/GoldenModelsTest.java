package io.lexiscope.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.testing.Assets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GoldenModelsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "babyllama-tok105",
        "inversionview-addition",
        "inversionview-counting",
        "stories260k",
        "tinystories-656k"
      })
  void promptsAndTextsAreThoseOfTheReference(String name) {
    Path folder = Assets.require("models/" + name);
    JsonNode cases = TokenizerJson.readObject(folder.resolve("golden.json")).path("cases");
    assertThat(cases).isNotEmpty();

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      for (JsonNode golden : cases) {
        String prompt = golden.path("prompt").stringValue();
        Encoding encoding = tokenizer.encode(prompt);

        assertThat(encoding.ids()).isEqualTo(ids(golden, "ids"));
        assertThat(encoding.ids()).isEqualTo(ids(golden, "ids_as_tokenizer_json_encodes"));
        assertThat(tokenizer.encodeWithoutSpecial(prompt).ids())
            .isEqualTo(ids(golden, "ids_without_special"));
        assertThat(tokenizer.decode(encoding.ids().plus(ids(golden, "greedy"))))
            .isEqualTo(golden.path("greedy_text").stringValue());
        for (JsonNode top : golden.path("top10")) {
          assertThat(tokenizer.piece(top.path(0).intValue())).isEqualTo(top.path(1).stringValue());
        }
      }
    }
  }

  private static TokenIds ids(JsonNode golden, String name) {
    List<Integer> ids = new ArrayList<>();
    golden.path(name).forEach(id -> ids.add(id.intValue()));
    assertThat(ids).isNotEmpty();
    return TokenIds.of(ids);
  }
}
