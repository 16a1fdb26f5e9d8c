package io.lexiscope.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whole words are kept from being said, and only those.
class BannedSequencesTest {
  private static final Path MICROWORLD = Path.of("..", "models", "microworld");

  private static String text(Tokenizer tokenizer, int id) {
    return new String(tokenizer.bytes(id), StandardCharsets.UTF_8);
  }

  private static int first(Tokenizer tokenizer, java.util.function.Predicate<String> such) {
    return IntStream.range(0, tokenizer.vocabularySize())
        .filter(id -> !tokenizer.specials().contains(id))
        .filter(id -> such.test(text(tokenizer, id)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aWordMayGoOnAndMayNotEnd() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      Tokenizer tokenizer = model.tokenizer();
      int size = tokenizer.vocabularySize();
      WordBoundaries words = WordBoundaries.of(tokenizer, size);
      int word = first(tokenizer, text -> text.matches(" [a-z]{3,}"));
      int piece = first(tokenizer, text -> text.matches("[a-z]{2,}"));
      int other = first(tokenizer, text -> text.matches(" [a-z]{3,}") && words.goesOn(piece));
      BannedSequences banned = new BannedSequences(Set.of(TokenIds.of(word)), words);
      float[] logits = new float[size];

      assertThat(banned.leftOut(List.of(piece), 1, /* last= */ false, logits)).isSameAs(logits);
      float[] after = banned.leftOut(List.of(piece, word), 1, /* last= */ false, logits);
      assertThat(after[piece]).isZero();
      assertThat(after[word]).isEqualTo(Float.NEGATIVE_INFINITY);
      assertThat(after[other]).isEqualTo(Float.NEGATIVE_INFINITY);
      assertThat(banned.leftOut(List.of(piece), 1, /* last= */ true, logits)[word])
          .isEqualTo(Float.NEGATIVE_INFINITY);
      assertThat(banned.leftOut(List.of(word), 1, /* last= */ false, logits)).isSameAs(logits);
    }
  }

  @Test
  void whatStandsInsideAWordIsNoWord() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      Tokenizer tokenizer = model.tokenizer();
      int size = tokenizer.vocabularySize();
      int word = first(tokenizer, text -> text.matches(" [a-z]{3,}"));
      int piece = first(tokenizer, text -> text.matches("[a-z]{2,}"));
      int stop = first(tokenizer, text -> text.equals("."));
      BannedSequences banned =
          new BannedSequences(Set.of(TokenIds.of(piece)), WordBoundaries.of(tokenizer, size));
      float[] logits = new float[size];

      assertThat(banned.leftOut(List.of(word, piece), 0, /* last= */ false, logits))
          .isSameAs(logits);
      assertThat(banned.leftOut(List.of(word), 0, /* last= */ true, logits)).isSameAs(logits);
      assertThat(banned.leftOut(List.of(stop, piece), 0, /* last= */ false, logits)[word])
          .isEqualTo(Float.NEGATIVE_INFINITY);
      assertThat(banned.leftOut(List.of(stop), 0, /* last= */ true, logits)[piece])
          .isEqualTo(Float.NEGATIVE_INFINITY);
    }
  }
}
