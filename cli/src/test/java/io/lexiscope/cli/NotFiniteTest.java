package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A weight that is not a number is reported where it shows first, and its readings are `null`.
class NotFiniteTest {
  @TempDir private Path home;
  private Console console;
  private Path model;

  @BeforeEach
  void spoilOneWeightOfLayerOne() throws IOException {
    console = new Console(home);
    model = console.copy("gpt2-a");
    Path weights = model.resolve("model.safetensors");
    byte[] file = Files.readAllBytes(weights);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong(0));
    JsonNode tensors =
        new JsonMapper().readTree(new String(file, 8, header, StandardCharsets.UTF_8));
    JsonNode offsets = tensors.get("transformer.h.1.mlp.c_proj.bias").get("data_offsets");
    bytes.putFloat(8 + header + offsets.get(0).asInt(), Float.NaN);
    Files.write(weights, file);
  }

  @Test
  void theLensReadsWhatComesBeforeAndSaysWhereItEnds() {
    JsonNode result = run("lens");

    assertThat(result.get("notFinite").get(0).get("at").asString())
        .isEqualTo("blocks.1.hook_resid_post");
    assertThat(result.get("notFinite").get(0).get("count").asInt()).isEqualTo(5);
    for (JsonNode reading : result.get("readings")) {
      boolean spoilt = reading.get("layer").asInt() >= 1;
      assertThat(reading.get("norm").isNull()).isEqualTo(spoilt);
      assertThat(reading.get("entropy").isNull()).isEqualTo(spoilt);
    }
  }

  @Test
  void aScoreHasNoLossAndSaysSo() {
    JsonNode result = run("score");

    assertThat(result.get("meanNats").isNull()).isTrue();
    assertThat(result.get("notFinite").get(0).get("count").asInt()).isEqualTo(4);
  }

  @Test
  void activationsCountWhatIsNotFinite() {
    JsonNode result =
        run("activations", "--at", "blocks.*.hook_mlp_out", "-o", home.resolve("a.safetensors"));

    assertThat(result.get("notFinite")).hasSize(2);
    assertThat(result.get("notFinite").get(0).get("at").asString())
        .isEqualTo("blocks.1.hook_mlp_out");
    assertThat(result.get("notFinite").get(0).get("count").asInt()).isEqualTo(5);
  }

  @Test
  void parityFails() {
    Console.Ran ran =
        console.run(
            "parity",
            "-m",
            model,
            "--golden",
            Console.golden("gpt2-a").resolve("golden.safetensors"),
            "--json");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.document().get("passed").asBoolean()).isFalse();
    assertThat(ran.document().get("maxAbsDiff").get("logits").isNull()).isTrue();
  }

  private JsonNode run(String verb, Object... more) {
    Object[] all = new Object[more.length + 6];
    System.arraycopy(
        new Object[] {verb, "-m", model, "--tokens", "5,17,99,4,300", "--json"}, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return console.run(all).json();
  }
}
