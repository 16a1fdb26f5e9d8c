package io.lexiscope.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.model.weights.WeightsException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {
  @TempDir private Path folder;

  private GgufFile open(GgufWriter writer) throws IOException {
    return GgufFile.open(writer.write(folder.resolve("a.gguf")), Arena.ofAuto());
  }

  private static GgufWriter two() {
    return new GgufWriter()
        .put("general.architecture", "llama")
        .tensor("a", StoredType.Q8_0, List.of(3L, 64L), new byte[3 * 2 * 34])
        .floats("b", List.of(3L), new float[] {1, 2, 3});
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void tensorsLieWhereTheHeaderSaysWithTheirAxesReversed(int version) throws IOException {
    GgufFile file = open(two().version(version));

    assertThat(file.names()).containsExactly("a", "b");
    StoredTensor a = file.get("a").orElseThrow();
    assertThat(a.type()).isEqualTo(StoredType.Q8_0);
    assertThat(a.shape()).containsExactly(3L, 64L);
    assertThat(a.elements()).isEqualTo(192);
    StoredTensor b = file.get("b").orElseThrow();
    assertThat(b.data().toArray(ValueLayout.JAVA_FLOAT)).containsExactly(1, 2, 3);
    assertThat(file.place("b").position() % 32).isZero();
    assertThat(file.get("c")).isEmpty();
  }

  @Test
  void everyTypeOfMetadataIsRead() throws IOException {
    Metadata metadata =
        open(new GgufWriter()
                .put("byte", (byte) -1)
                .put("short", (short) -2)
                .put("int", 7)
                .put("long", 1L << 20)
                .put("float", 0.5f)
                .put("double", 0.25)
                .put("flag", true)
                .put("text", "naïve")
                .put("texts", List.of("a", "", "日本"))
                .put("ints", List.of(-1, 2))
                .put("floats", List.of(0.5f, 2f))
                .put("same", List.of(4, 4, 4))
                .put("nested", List.of(List.of(1, 2), List.of(3))))
            .metadata();

    assertThat(metadata.integer("byte")).hasValue(255);
    assertThat(metadata.integer("short")).hasValue(-2);
    assertThat(metadata.integer("int")).hasValue(7);
    assertThat(metadata.integer("long")).hasValue(1 << 20);
    assertThat(metadata.number("float")).hasValue(0.5);
    assertThat(metadata.number("double")).hasValue(0.25);
    assertThat(metadata.number("int")).hasValue(7.0);
    assertThat(metadata.flag("flag")).hasValue(true);
    assertThat(metadata.text("text")).hasValue("naïve");
    assertThat(metadata.texts("texts")).containsExactly("a", "", "日本");
    assertThat(metadata.integers("ints")).containsExactly(-1, 2);
    assertThat(metadata.numbers("floats")).containsExactly(0.5, 2.0);
    assertThat(metadata.integer("same")).hasValue(4);
    assertThat(metadata.size("nested")).hasValue(2);
    assertThat(metadata.text("absent")).isEmpty();
    assertThat(metadata.hash(key -> key.equals("int")))
        .isNotEqualTo(metadata.hash(key -> key.equals("flag")));
    assertThatThrownBy(() -> metadata.integer("text"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected a whole number of 32 bits for text, got a text");
    assertThatThrownBy(() -> metadata.integer("ints"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("for all layers");
  }

  @Test
  void anAlignmentOfItsOwnIsKept() throws IOException {
    GgufFile file = open(two().alignment(4096));

    assertThat(file.place("a").position() % 4096).isZero();
    assertThat(file.get("b").orElseThrow().data().toArray(ValueLayout.JAVA_FLOAT))
        .containsExactly(1, 2, 3);
    assertRefused(two().alignment(24), "an alignment that is a power of two");
  }

  @Test
  void otherVersionsAndFormatsAreRefusedByName() throws IOException {
    assertRefused(two().version(1), "expected version 2 or 3, little-endian, got version 1");
    assertRefused(two().version(0x03000000), "got big-endian version 3");
    byte[] bytes = two().bytes();
    bytes[0] = 'X';
    Path file = folder.resolve("x.gguf");
    Files.write(file, bytes);
    assertThatThrownBy(() -> GgufFile.open(file, Arena.ofAuto()))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("begins with GGUF");
  }

  @Test
  void unknownTypesAreRefusedByName() {
    assertRefused(
        two().tensor("c", 31, List.of(32L), new byte[18]),
        "a known tensor type for c, got type 31 (Q4_0_4_4, which the format has given up)");
    assertRefused(two().tensor("c", 77, List.of(32L), new byte[18]), "got type 77");
  }

  @Test
  void rowsThatEndWithinABlockAreRefused() {
    assertRefused(
        two().tensor("c", StoredType.Q8_0, List.of(2L, 48L), new byte[102]),
        "rows of c in whole blocks of 32, as Q8_0 needs them, got 48 numbers in a row");
  }

  @Test
  void aFileThatEndsTooEarlyIsRefused() throws IOException {
    byte[] whole = two().bytes();
    Path file = folder.resolve("short.gguf");
    for (int length = 0; length < whole.length - 32; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> GgufFile.open(file, Arena.ofAuto()))
          .isInstanceOf(WeightsException.class)
          .hasMessageStartingWith("open GGUF: expected");
    }
  }

  @Test
  void overlappingTensorsAndAbsurdCountsAreRefused() throws IOException {
    byte[] bytes = two().bytes();
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Path file = folder.resolve("b.gguf");

    buffer.putLong(8, 1L << 40);
    Files.write(file, bytes);
    assertThatThrownBy(() -> GgufFile.open(file, Arena.ofAuto()))
        .hasMessageContaining("tensors, got 1099511627776 announced");

    buffer.putLong(8, 2);
    int place = header(bytes) - 8; // where b lies
    assertThat(buffer.getLong(place)).isEqualTo(224);
    buffer.putLong(place, 32);
    Files.write(file, bytes);
    assertThatThrownBy(() -> GgufFile.open(file, Arena.ofAuto()))
        .hasMessageContaining("b to begin at or after 204");

    buffer.putLong(place, 230);
    Files.write(file, bytes);
    assertThatThrownBy(() -> GgufFile.open(file, Arena.ofAuto()))
        .hasMessageContaining("b at a multiple of 32");
  }

  /// The end of the header: what the padding before the data begins after.
  private static int header(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 24; at < bytes.length - 8; at++) {
      if (buffer.getLong(at) == 224) {
        return at + 8;
      }
    }
    throw new AssertionError("no place of 224");
  }

  @Test
  void namesGivenTwiceAreRefused() {
    assertRefused(
        two().floats("b", List.of(1L), new float[] {1}), "expected every tensor once, got b again");
  }

  private void assertRefused(GgufWriter writer, String message) {
    assertThatThrownBy(() -> open(writer))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void partsAreFoundFromAnyOfThem() throws IOException {
    Path first = folder.resolve("m-00001-of-00002.gguf");
    Path second = folder.resolve("m-00002-of-00002.gguf");
    GgufWriter head =
        new GgufWriter()
            .put("general.architecture", "llama")
            .put("split.no", (short) 0)
            .put("split.count", (short) 2)
            .put("split.tensors.count", 2)
            .floats("a", List.of(1L), new float[] {1});
    head.write(first);

    assertThatThrownBy(() -> GgufParts.open(first, Arena.ofAuto()))
        .hasMessageContaining("expected 2 parts, got no m-00002-of-00002.gguf");

    new GgufWriter()
        .put("split.no", (short) 1)
        .put("split.count", (short) 2)
        .floats("b", List.of(1L), new float[] {2})
        .write(second);

    assertThat(GgufParts.first(second)).isEqualTo(first);
    assertThat(GgufParts.open(first, Arena.ofAuto())).hasSize(2);

    new GgufWriter().floats("a", List.of(1L), new float[] {2}).write(second);
    assertThatThrownBy(() -> GgufParts.open(first, Arena.ofAuto()))
        .hasMessageContaining("every tensor once among the parts");

    head.write(folder.resolve("renamed.gguf"));
    assertThatThrownBy(() -> GgufParts.open(folder.resolve("renamed.gguf"), Arena.ofAuto()))
        .hasMessageContaining("give the parts back the names they had");
  }
}
