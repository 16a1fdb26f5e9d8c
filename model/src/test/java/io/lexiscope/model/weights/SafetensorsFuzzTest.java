package io.lexiscope.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.base.Seeded;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFuzzTest {
  private static final int MUTATIONS = 10_000;
  private static final int SEED = 20_261_121;
  private static final List<String> SPLICES =
      List.of(
          "-1",
          "1e9",
          "18446744073709551616",
          "null",
          "[",
          "]",
          "{",
          "}",
          "\"",
          ",",
          ":",
          "\\u0000",
          "F16",
          "BF16",
          "[[[[[[[[",
          "9223372036854775807",
          "\"__metadata__\":",
          "0",
          "\n");

  @TempDir Path scratch;

  @Test
  void aMutatedFileIsEitherRefusedInOneLineOrReadEntirely() throws IOException {
    var original = original();
    var random = Seeded.LXM.from(SEED);
    var file = scratch.resolve("mutated.safetensors");

    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(5),
        () -> {
          int refused = 0;
          for (int i = 0; i < MUTATIONS; i++) {
            var mutated = mutate(original, random);
            Files.write(file, mutated);
            refused += survives(file, mutated) ? 0 : 1;
          }
          // Both outcomes must occur, or the mutations test nothing.
          assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS - MUTATIONS / 50);
        });
  }

  private static boolean survives(Path file, byte[] bytes) {
    try (var arena = Arena.ofConfined()) {
      var opened = Safetensors.open(file, arena);
      long read = 0;
      for (var name : opened.names()) {
        var tensor = opened.get(name).orElseThrow();
        long elements = tensor.shape().stream().reduce(1L, Math::multiplyExact);
        assertThat(tensor.elements()).isEqualTo(elements);
        read += tensor.data().toArray(ValueLayout.JAVA_BYTE).length;
      }
      long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
      assertThat(read).isEqualTo(bytes.length - 8 - header);
      return true;
    } catch (WeightsException e) {
      assertThat(e).hasMessageStartingWith("open weights: expected ");
      assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(1000);
      return false;
    }
  }

  private static byte[] mutate(byte[] original, RandomGenerator random) {
    var bytes = original.clone();
    int times = 1 + random.nextInt(10) / 7;
    for (int i = 0; i < times; i++) {
      int header = Math.min(bytes.length, 200);
      int at = bytes.length == 0 ? 0 : random.nextInt(random.nextBoolean() ? header : bytes.length);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(16));
            case 2 -> splice(bytes, at, 0, SPLICES.get(random.nextInt(SPLICES.size())));
            case 3 -> splice(bytes, at, 1 + random.nextInt(8), "");
            case 4 -> {
              String digits = Integer.toString(random.nextInt(100));
              yield splice(bytes, at, digits.length(), digits);
            }
            default -> {
              if (bytes.length > 0) {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
              }
              yield bytes;
            }
          };
      if (bytes.length >= 8 && random.nextInt(3) > 0) {
        repairLength(bytes);
      }
    }
    return bytes;
  }

  /// Keeps the announced length in step with the header so that deeper checks are reached.
  private static void repairLength(byte[] bytes) {
    int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("}}", 8);
    if (end > 0) {
      while (end + 2 < bytes.length && bytes[end + 2] == ' ') {
        end++;
      }
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, end + 2 - 8);
    }
  }

  private static byte[] splice(byte[] bytes, int at, int remove, String insert) {
    var middle = insert.getBytes(StandardCharsets.UTF_8);
    int resume = Math.min(bytes.length, at + remove);
    var spliced = new byte[at + middle.length + bytes.length - resume];
    System.arraycopy(bytes, 0, spliced, 0, at);
    System.arraycopy(middle, 0, spliced, at, middle.length);
    System.arraycopy(bytes, resume, spliced, at + middle.length, bytes.length - resume);
    return spliced;
  }

  private byte[] original() throws IOException {
    var file = scratch.resolve("original.safetensors");
    var arena = Arena.ofAuto();
    SafetensorsWriter.write(
        file,
        List.of(
            new SafetensorsWriter.Item("a", StoredType.F32, List.of(2L, 3L), arena.allocate(24)),
            new SafetensorsWriter.Item("b", StoredType.BF16, List.of(4L), arena.allocate(8)),
            new SafetensorsWriter.Item("c", StoredType.I64, List.of(), arena.allocate(8))),
        Map.of("format", "pt"));
    return Files.readAllBytes(file);
  }
}
