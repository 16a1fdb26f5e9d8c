package io.lexiscope.train.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.tokenizer.TokenizerJson;
import io.lexiscope.tensor.testing.Assets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpeTrainerTest {
  private static final String END = "<|endoftext|>";
  private static final List<String> CORPUS =
      List.of(
          "The capital of Norway is Oslo. The capital of Japan is Tokyo.",
          "Oslo is the capital of Norway, and Tokyo is the capital of Japan.",
          "In 1991 she said: \"the capital\"; he didn't.\n\nThe end.");
  private static final List<String> WORDS =
      List.of("Reykjavik", "Reykjanes", "Norway", "Oslo", "1991", "naïve", "東京", "a");

  @TempDir private Path folder;

  @Test
  void everyRequiredWordIsOneTokenBehindASpaceEvenWhenTheCorpusNeverHasIt() {
    try (Tokenizer tokenizer = BpeTrainer.train(CORPUS.stream(), options(400, WORDS)).load()) {
      for (String word : WORDS) {
        int id = tokenizer.idOf(" " + word);

        assertThat(tokenizer.encode("x " + word).ids())
            .isEqualTo(TokenIds.of(tokenizer.idOf("x"), id));
        assertThat(tokenizer.display(id)).isEqualTo(" " + word);
      }
      assertThat(tokenizer.vocabularySize()).isLessThanOrEqualTo(400);
    }
  }

  @Test
  void theMostFrequentPairIsMergedFirst() {
    try (Tokenizer tokenizer =
        BpeTrainer.train(Stream.of("xyxyxy xy zw zw"), options(BpeOptions.BYTES + 3, List.of()))
            .load()) {
      assertThat(tokenizer.piece(BpeOptions.BYTES + 1)).isEqualTo("xy");
      assertThat(tokenizer.vocabularySize()).isEqualTo(BpeOptions.BYTES + 3);
    }
  }

  @Test
  void specialTokensComeFirstAndNeverSplit() {
    try (Tokenizer tokenizer = BpeTrainer.train(CORPUS.stream(), options(300, List.of())).load()) {
      assertThat(tokenizer.idOf(END)).isZero();
      assertThat(tokenizer.specials().eos()).hasValue(0);
      assertThat(tokenizer.encode("Oslo" + END).ids().get(-1)).isZero();
    }
  }

  @Test
  void anyTextEncodesAndDecodesLosslessly() {
    var random = new Random(7);
    try (Tokenizer tokenizer = BpeTrainer.train(CORPUS.stream(), options(400, WORDS)).load()) {
      for (int i = 0; i < 500; i++) {
        var text = new StringBuilder();
        random
            .ints(random.nextInt(30), 0, 0x110000)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .map(c -> random.nextBoolean() ? c & 0x7F : c)
            .forEach(text::appendCodePoint);

        assertThat(tokenizer.decode(tokenizer.encode(text.toString()).ids()))
            .isEqualTo(text.toString());
      }
    }
  }

  @Test
  void theSameCorpusAndOptionsGiveTheSameDocument() {
    assertThat(BpeTrainer.train(CORPUS.stream(), options(400, WORDS)).document())
        .isEqualTo(BpeTrainer.train(CORPUS.stream(), options(400, WORDS)).document());
  }

  @Test
  void aWrittenFolderOpensAsTheSameTokenizer() throws IOException {
    TokenizerJson document = BpeTrainer.train(CORPUS.stream(), options(400, WORDS));

    document.writeTo(folder);

    try (var files = Files.list(folder);
        Tokenizer trained = document.load();
        Tokenizer opened = Tokenizer.open(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("tokenizer.json", "tokenizer_config.json");
      assertThat(opened.encode(CORPUS.getFirst())).isEqualTo(trained.encode(CORPUS.getFirst()));
      assertThat(opened.specials()).isEqualTo(trained.specials());
    }
  }

  @Test
  void aVocabularyTooSmallForItsWordsIsRefusedWithTheNumberItNeeds() {
    assertThatThrownBy(() -> BpeTrainer.train(CORPUS.stream(), options(260, WORDS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that 8 required words need, got 3; make the vocabulary larger");
  }

  @Test
  void aRequiredWordThatIsSeveralWordsIsRefused() {
    assertThatThrownBy(() -> options(400, List.of("New York")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got \"New York\"");
    assertThatThrownBy(() -> options(400, List.of("don't")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCorpusOfMegabytesGivesTheFullVocabularyAndAllItsWords() throws IOException {
    String text = Files.readString(Assets.require("data/tinystories-text/tinystories_4M.txt"));
    List<String> countries = List.of("Norway", "Liechtenstein", "Kyrgyzstan", "Mozambique");

    try (Tokenizer tokenizer = BpeTrainer.train(text.lines(), options(4000, countries)).load()) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(4000);
      assertThat(countries).allSatisfy(word -> assertThat(tokenizer.idOf(" " + word)).isPositive());
      String sample = text.substring(0, 20_000);
      assertThat(tokenizer.decode(tokenizer.encode(sample).ids())).isEqualTo(sample);
      assertThat(tokenizer.encode(sample).size()).isLessThan(20_000 / 3);
    }
  }

  private static BpeOptions options(int size, List<String> words) {
    return new BpeOptions(size, new TreeSet<>(words), List.of(END));
  }
}
