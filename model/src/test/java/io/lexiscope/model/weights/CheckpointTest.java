package io.lexiscope.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.weights.SafetensorsWriter.Item;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path scratch;

  @Test
  void shardsAndOneFileHoldTheSameAndHashTheSame() throws IOException {
    var one = Files.createDirectory(scratch.resolve("one"));
    var two = Files.createDirectory(scratch.resolve("two"));
    SafetensorsWriter.write(one.resolve("model.safetensors"), items("a", "b", "c"), Map.of());
    shard(two, "s1.safetensors", "a", "c");
    shard(two, "s2.safetensors", "b");
    index(two, "{\"a\":\"s1.safetensors\",\"c\":\"s1.safetensors\",\"b\":\"s2.safetensors\"}");

    try (var whole = Checkpoint.open(one);
        var sharded = Checkpoint.open(two)) {
      assertThat(sharded.names()).isEqualTo(whole.names()).containsExactly("a", "b", "c");
      assertThat(sharded.bytes()).isEqualTo(whole.bytes()).isEqualTo(24);
      assertThat(sharded.contentHash()).isEqualTo(whole.contentHash()).hasSize(64);
      assertThat(sharded.get("b").orElseThrow().file()).isEqualTo(two.resolve("s2.safetensors"));
    }
  }

  @Test
  void oneOtherByteIsAnotherHash() {
    SafetensorsWriter.write(scratch.resolve("x.safetensors"), items("a"), Map.of());
    String before;
    try (var checkpoint = Checkpoint.openFile(scratch.resolve("x.safetensors"))) {
      before = checkpoint.contentHash();
    }
    var other = Arena.ofAuto().allocate(8);
    other.set(ValueLayout.JAVA_BYTE, 7, (byte) 1);
    SafetensorsWriter.write(
        scratch.resolve("x.safetensors"),
        List.of(new Item("a", StoredType.F32, List.of(2L), other)),
        Map.of());

    try (var checkpoint = Checkpoint.openFile(scratch.resolve("x.safetensors"))) {
      assertThat(checkpoint.contentHash()).isNotEqualTo(before);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void openingTouchesNoPageOfTheWeights() throws IOException {
    var file = scratch.resolve("model.safetensors");
    var many = Arena.ofAuto().allocate(1 << 24);
    SafetensorsWriter.write(
        file, List.of(new Item("a", StoredType.F32, List.of(1L << 22), many)), Map.of());

    try (var checkpoint = Checkpoint.open(scratch)) {
      var data = checkpoint.get("a").orElseThrow().data();
      assertThat(residentKilobytes(file)).isZero();

      // The counter must be able to move.
      assertThat(data.get(ValueLayout.JAVA_BYTE, 1 << 20)).isZero();
      assertThat(residentKilobytes(file)).isPositive();
    }
  }

  private static long residentKilobytes(Path file) throws IOException {
    var lines = Files.readAllLines(Path.of("/proc/self/smaps"));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith(file.toRealPath().toString())) {
        while (!lines.get(i).startsWith("Rss:")) {
          i++;
        }
        return Long.parseLong(lines.get(i).replaceAll("\\D", ""));
      }
    }
    throw new AssertionError("expected a mapping of " + file);
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    shard(scratch, "s1.safetensors", "a");
    index(scratch, "{\"a\":\"s1.safetensors\",\"b\":\"s2.safetensors\"}");

    assertThatThrownBy(() -> Checkpoint.open(scratch))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("expected 2 shards")
        .hasMessageContaining("got no s2.safetensors in " + scratch);
  }

  @Test
  void aListedTensorThatIsNotInItsShardIsNamed() throws IOException {
    shard(scratch, "s1.safetensors", "a");
    index(scratch, "{\"a\":\"s1.safetensors\",\"b\":\"s1.safetensors\"}");

    assertThatThrownBy(() -> Checkpoint.open(scratch))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("expected b in s1.safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"a\":7}",
        "{\"a\":\"../s1.safetensors\"}",
        "{\"a\":\"/etc/passwd\"}",
        "{\"a\":\"s1.bin\"}",
        "{\"a\":"
      })
  void anIndexOfAnotherFormIsRefused(String map) throws IOException {
    index(scratch, map);

    assertThatThrownBy(() -> Checkpoint.open(scratch))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("open weights: expected ")
        .hasMessageContaining(INDEX);
  }

  @Test
  void aFolderWithoutWeightsSaysWhatIsThere() throws IOException {
    Files.writeString(scratch.resolve("pytorch_model.bin"), "");
    Files.writeString(scratch.resolve("config.json"), "{}");

    assertThatThrownBy(() -> Checkpoint.open(scratch))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "open weights: expected model.safetensors or model.safetensors.index.json, got config.json, pytorch_model.bin in %s; pickled weights are not opened, fetch or convert to safetensors",
            scratch);
  }

  @Test
  void aFolderThatIsNotThereIsSaidNotToBe() {
    assertThatThrownBy(() -> Checkpoint.open(scratch.resolve("none")))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("got no such folder in ");
  }

  private static void shard(Path folder, String name, String... tensors) {
    SafetensorsWriter.write(folder.resolve(name), items(tensors), Map.of());
  }

  private static List<Item> items(String... names) {
    return List.of(names).stream()
        .map(
            name -> {
              var data = Arena.ofAuto().allocate(8);
              data.set(ValueLayout.JAVA_BYTE, 0, (byte) name.charAt(0));
              return new Item(name, StoredType.F32, List.of(2L), data);
            })
        .toList();
  }

  private static void index(Path folder, String map) throws IOException {
    Files.writeString(folder.resolve(INDEX), "{\"metadata\":{},\"weight_map\":" + map + "}");
  }
}
