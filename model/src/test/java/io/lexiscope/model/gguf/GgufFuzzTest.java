package io.lexiscope.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.family.Families;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.tokenizer.TokenizerException;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.model.weights.WeightsException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFuzzTest {
  private static final int MUTATIONS = 10_000;
  private static final int SEED = 20_261_130;
  private static final long[] ABSURD = {
    -1,
    0,
    1,
    2,
    31,
    255,
    1 << 16,
    1L << 31,
    1L << 32,
    1L << 40,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  @TempDir private Path scratch;

  @Test
  void aMutatedFileIsEitherRefusedInOneLineOrReadEntirely() throws IOException {
    byte[] original = original();
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    Path file = scratch.resolve("mutated.gguf");

    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(5),
        () -> {
          int refused = 0;
          for (int i = 0; i < MUTATIONS; i++) {
            Files.write(file, mutate(original, random));
            refused += survives(file) ? 0 : 1;
          }
          // Both outcomes must occur, or the mutations test nothing.
          assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS - MUTATIONS / 50);
        });
  }

  private static boolean survives(Path file) {
    try {
      ModelSource source = ModelSource.of(file);
      Families.read(source);
      try (var tensors = source.tensors();
          var tokenizer = source.tokenizer()) {
        for (String name : tensors.names()) {
          var stored = tensors.get(name).orElseThrow();
          assertThat(stored.data().toArray(ValueLayout.JAVA_BYTE).length)
              .isEqualTo(stored.data().byteSize());
        }
        assertThat(tokenizer.vocabularySize()).isNotNegative();
      }
      return true;
    } catch (WeightsException | ConfigException | TokenizerException refused) {
      String message = String.valueOf(refused.getMessage());
      assertThat(message).contains("expected ").contains(", got ");
      assertThat(message.length()).isLessThan(2000);
      return false;
    }
  }

  private static byte[] mutate(byte[] original, RandomGenerator random) {
    byte[] bytes = original.clone();
    int header = original.length / 2; // nearly all of the first half is header
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      switch (random.nextInt(5)) {
        case 0 -> bytes[random.nextInt(header)] = (byte) random.nextInt();
        case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        case 2 ->
            ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(random.nextInt(header - 8), ABSURD[random.nextInt(ABSURD.length)]);
        case 3 ->
            ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(random.nextInt(header - 4), (int) ABSURD[random.nextInt(ABSURD.length)]);
        default -> {
          int from = random.nextInt(header);
          int to = Math.min(header, from + random.nextInt(64));
          if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, Math.max(64, random.nextInt(bytes.length)));
            return bytes;
          }
          System.arraycopy(bytes, random.nextInt(header - 64), bytes, from, to - from);
        }
      }
    }
    return bytes;
  }

  private static byte[] original() {
    var tokens = new ArrayList<String>(List.of("<s>", "Ġ", "a", "b", "ab", "Ġab"));
    for (int id = tokens.size(); id < 64; id++) {
      tokens.add("t" + id);
    }
    var kinds = new ArrayList<Integer>();
    tokens.forEach(token -> kinds.add(token.equals("<s>") ? 3 : 1));
    GgufWriter writer =
        new GgufWriter()
            .put("general.architecture", "llama")
            .put("general.name", "fuzz")
            .put("llama.block_count", 1)
            .put("llama.context_length", 64)
            .put("llama.embedding_length", 32)
            .put("llama.feed_forward_length", 64)
            .put("llama.attention.head_count", 2)
            .put("llama.attention.head_count_kv", List.of(2))
            .put("llama.attention.layer_norm_rms_epsilon", 1e-5f)
            .put("llama.rope.freq_base", 10_000f)
            .put("tokenizer.ggml.model", "gpt2")
            .put("tokenizer.ggml.pre", "smollm")
            .put("tokenizer.ggml.tokens", tokens)
            .put("tokenizer.ggml.token_type", kinds)
            .put("tokenizer.ggml.merges", List.of("a b", "Ġ ab"))
            .put("tokenizer.ggml.bos_token_id", 0)
            .put("tokenizer.ggml.add_bos_token", true);
    q8(writer, "token_embd.weight", 64, 32);
    for (String name : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
      q8(writer, "blk.0." + name + ".weight", 32, 32);
    }
    q8(writer, "blk.0.ffn_gate.weight", 64, 32);
    q8(writer, "blk.0.ffn_up.weight", 64, 32);
    q8(writer, "blk.0.ffn_down.weight", 32, 64);
    for (String name : List.of("blk.0.attn_norm", "blk.0.ffn_norm", "output_norm")) {
      writer.floats(name + ".weight", List.of(32L), new float[32]);
    }
    byte[] bytes = writer.bytes();
    // The header is large beside the data, so that mutations meet it.
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("tokenizer.ggml.merges");
    return bytes;
  }

  private static void q8(GgufWriter writer, String name, long rows, long columns) {
    writer.tensor(
        name, StoredType.Q8_0, List.of(rows, columns), new byte[(int) (rows * columns / 32 * 34)]);
  }
}
