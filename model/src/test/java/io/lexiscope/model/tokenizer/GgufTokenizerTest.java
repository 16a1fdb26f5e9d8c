package io.lexiscope.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.gguf.GgufWriter;
import io.lexiscope.model.source.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokenizers in the metadata of GGUF files. (On 2,000 strings llama.cpp gives the same ids for
/// every way to split words and for the other kinds, but where a text holds the mark ▁ and the kind
/// is `bert`.)
class GgufTokenizerTest {
  @TempDir private Path folder;

  private Tokenizer open(GgufWriter file) {
    try {
      return ModelSource.of(file.write(folder.resolve("words.gguf"))).tokenizer();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<String> waysToSplitWords() {
    return GgufWords.names();
  }

  @ParameterizedTest
  @MethodSource("waysToSplitWords")
  void everyWayToSplitWordsLoadsAndKeepsTheText(String name) {
    List<String> tokens = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      tokens.add(String.valueOf(ByteAlphabet.letter(value)));
    }
    var file =
        new GgufWriter()
            .put("general.architecture", "llama")
            .put("tokenizer.ggml.model", "gpt2")
            .put("tokenizer.ggml.pre", name)
            .put("tokenizer.ggml.tokens", tokens)
            .put("tokenizer.ggml.merges", List.of());

    try (Tokenizer tokenizer = open(file)) {
      String text = "Hello wörld 1234's\n\n ​你好 <x>\u3000ΐώ!?";
      assertThat(tokenizer.decode(tokenizer.encodeWithoutSpecial(text).ids())).isEqualTo(text);
    }
  }

  @Test
  void onlyTheEndsOfATextLoseTheirSpacesNotThoseOfItsLines() {
    List<String> tokens = List.of("<unk>", "<s>", "</s>", "▁", "a", "\n", "▁a");
    var file =
        new GgufWriter()
            .put("general.architecture", "llama")
            .put("tokenizer.ggml.model", "t5")
            .put("tokenizer.ggml.tokens", tokens)
            .put("tokenizer.ggml.scores", List.of(0f, 0f, 0f, -2f, -2f, -2f, -1f))
            .put("tokenizer.ggml.token_type", List.of(2, 3, 3, 1, 1, 1, 1))
            .put("tokenizer.ggml.unknown_token_id", 0)
            .put("tokenizer.ggml.remove_extra_whitespaces", true);

    try (Tokenizer tokenizer = open(file)) {
      var pieces =
          tokenizer.encodeWithoutSpecial("  a \n  a  ").tokens().stream()
              .map(token -> tokenizer.piece(token.id()))
              .toList();

      assertThat(pieces).containsExactly("▁a", "▁", "\n", "▁a");
    }
  }
}
