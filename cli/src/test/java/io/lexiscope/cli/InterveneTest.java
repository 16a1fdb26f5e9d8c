package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Interventions from a file are in force for every verb that runs the model.
class InterveneTest {
  private static final String HEAD =
      "[{\"kind\":\"scale\",\"at\":\"blocks.1.attn.hook_z\",\"head\":2,\"value\":%s}]";

  @TempDir private Path home;
  private Console console;

  @BeforeEach
  void start() {
    console = new Console(home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lens", "score", "attribution", "generate"})
  void ablatingAHeadChangesTheAnswerAndScalingByOneDoesNot(String verb) {
    JsonNode plain = numbers(verb);

    assertThat(numbers(verb, "--intervene", console.file("one.json", HEAD.formatted("1"))))
        .isEqualTo(plain);
    assertThat(numbers(verb, "--intervene", console.file("zero.json", HEAD.formatted("0"))))
        .isNotEqualTo(plain);
  }

  @Test
  void aChangeInALayerLeavesEarlierLayersAndPositionsAlone() {
    Path file =
        console.file(
            "add.json",
            "{\"kind\":\"add\",\"at\":\"blocks.1.hook_resid_post\",\"positions\":[-2],\"value\":3}");
    JsonNode plain = numbers("lens");

    JsonNode changed = numbers("lens", "--intervene", file);

    for (int i = 0; i < plain.size(); i++) {
      int layer = plain.get(i).get("layer").asInt();
      int position = plain.get(i).get("position").asInt();
      boolean reached = layer == 1 ? position == 3 : layer == 2 && position >= 3;
      assertThat(changed.get(i).equals(plain.get(i)))
          .as("layer %d position %d", layer, position)
          .isEqualTo(!reached);
    }
  }

  @Test
  void severalFilesApplyInOrderAndProvenanceListsWhatIsInForce() {
    Path set =
        console.file(
            "set.json",
            "{\"version\":1,\"notes\":\"n\",\"interventions\":[{\"name\":\"three\",\"kind\":\"set\",\"neurons\":[\"L1N7\"],\"value\":3},"
                + "{\"on\":false,\"kind\":\"ablate\",\"heads\":[\"L0H0\"]}]}");
    Path twice =
        console.file("twice.json", "{\"kind\":\"scale\",\"neurons\":[\"L1N7\"],\"value\":2}");
    Path six = console.file("six.json", "{\"kind\":\"set\",\"neurons\":[\"L1N7\"],\"value\":6}");

    JsonNode both = console.gpt2("lens", "--intervene", set, "--intervene", twice, "--json").json();

    assertThat(both.get("readings")).isEqualTo(numbers("lens", "--intervene", six));
    JsonNode inForce = both.get("provenance").get("interventions");
    assertThat(inForce.size()).isEqualTo(2);
    assertThat(inForce.get(0).get("name").asString()).isEqualTo("three");
    assertThat(console.gpt2("lens", "--json").json().get("provenance").has("interventions"))
        .isFalse();
  }

  @Test
  void comparingShowsBothSides() {
    Path file = console.file("zero.json", "{\"kind\":\"ablate\",\"heads\":[\"L1H2\",\"L2H0\"]}");

    JsonNode result =
        console
            .gpt2("compare", "--intervene", file, "--target", "#17", "--against", "#18", "--json")
            .json();

    JsonNode at = result.get("positions").get(0);
    assertThat(at.get("klNats").asDouble()).isPositive();
    JsonNode target = at.get("targets").get(0);
    assertThat(target.get("rankChange").asInt())
        .isEqualTo(
            target.get("before").get("rank").asInt() - target.get("after").get("rank").asInt());
    assertThat(result.get("before").get("generated").size()).isEqualTo(20);
    assertThat(console.gpt2("compare", "--intervene", file, "--all", "-n", "0").out())
        .contains("ablate at L1H2 L2H0", "KL nats")
        .doesNotContain("tokens are the same");
    assertThat(console.gpt2("compare", "--set", "L1N3=4").out())
        .contains("set 4.0 at L1N3", "of 20 tokens are the same");
    assertThat(console.gpt2("compare", "--set", "V2_4=4").out()).contains("set 4.0 at L1N3");
    assertThat(console.gpt2("compare", "--set", "head 1.2=0,BLOCKS.1.hook_out=0").out())
        .contains("set 0.0 at L1H2", "set 0.0 at blocks.1.hook_resid_post");
  }

  @Test
  void aSettingIsLimitedToAPositionOrToSteps() {
    JsonNode limited =
        console
            .gpt2("compare", "--set", "L1N3=4@-1,L1N3=5@steps 2-3", "-n", "5", "--json")
            .json()
            .get("provenance")
            .get("interventions");

    assertThat(limited.get(0).get("positions").get(0).asInt()).isEqualTo(-1);
    assertThat(limited.get(1).get("where").get("fromStep").asInt()).isEqualTo(2);
    assertThat(limited.get(1).get("where").get("toStep").asInt()).isEqualTo(3);
    assertThat(limited.get(1).has("positions")).isFalse();
  }

  private JsonNode numbers(String verb, Object... more) {
    Object[] all = java.util.Arrays.copyOf(more, more.length + 1);
    all[more.length] = "--json";
    JsonNode result = console.gpt2(verb, all).json();
    return switch (verb) {
      case "lens" -> result.get("readings");
      case "score" -> result.get("tokens");
      case "attribution" -> result.get("contributions");
      default -> result.get("generated");
    };
  }
}
