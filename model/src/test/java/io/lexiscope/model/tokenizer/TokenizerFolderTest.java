package io.lexiscope.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.testing.Assets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerFolderTest {
  @TempDir private Path folder;

  @Test
  void gpt2FilesEncodeAsTheReferenceUnderEitherPairOfNames() throws IOException {
    Path source = Assets.require("data/gpt2-tokenizer");
    Files.copy(source.resolve("encoder.json"), folder.resolve("vocab.json"));
    Files.copy(source.resolve("vocab.bpe"), folder.resolve("merges.txt"));

    for (Path files : new Path[] {source, folder}) {
      try (Tokenizer tokenizer = Tokenizer.open(files)) {
        assertThat(tokenizer.encode(" Paris is the capital").ids())
            .isEqualTo(TokenIds.of(6342, 318, 262, 3139));
        assertThat(tokenizer.idOf(" Paris")).isEqualTo(6342);
        assertThat(tokenizer.vocabularySize()).isEqualTo(50257);
        assertThat(tokenizer.specials().eos()).hasValue(50256);
        assertThat(tokenizer.decode(tokenizer.encode("naïve 日本 🙂").ids()))
            .isEqualTo("naïve 日本 🙂");
      }
    }
  }

  @Test
  void aVocabularyWithMergesGetsTheLeadingTokenItsConfigurationAsksFor() throws IOException {
    write("vocab.json", "{\"a\": 0, \"b\": 1, \"ab\": 2, \"</s>\": 3}");
    write("merges.txt", "#version: 0.2\na b\n");
    write(
        "tokenizer_config.json",
        "{\"add_bos_token\": true, \"bos_token\": {\"content\": \"</s>\"}}");

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("ab").ids()).isEqualTo(TokenIds.of(3, 2));
      assertThat(tokenizer.encode("ab").tokens().getFirst())
          .isEqualTo(new Token(3, "</s>", 0, 0, true));
      assertThat(tokenizer.encodeWithoutSpecial("ab").ids()).isEqualTo(TokenIds.of(2));
      assertThat(tokenizer.specials().bos()).hasValue(3);
    }
  }

  @Test
  void addedTokensBesideAVocabularyAreKept() throws IOException {
    write("vocab.json", "{\"a\": 0, \"b\": 1, \"ab\": 2}");
    write("merges.txt", "a b\n");
    write(
        "tokenizer_config.json",
        "{\"added_tokens_decoder\": {\"3\": {\"content\": \"<|im_end|>\", \"special\": true}}, \"eos_token\": \"<|im_end|>\"}");

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("ab<|im_end|>").ids()).isEqualTo(TokenIds.of(2, 3));
      assertThat(tokenizer.specials().eos()).hasValue(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"<s>,0,</s>,1,'0,4,5'", "[CLS],2,[SEP],3,'2,4,5,3'", "[CLS],2,</s>,1,'2,4,5'"})
  void aPromptGetsLeadingTokensAndNoTrailingOnesButForTheSeparatorOfAnEncoder(
      String before, int beforeId, String after, int afterId, String expected) throws IOException {
    write(
        "tokenizer.json",
        TinyTokenizers.wordLevel(TinyTokenizers.template(before, beforeId, after, afterId)));

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("a b").ids()).hasToString("[" + expected + "]");
    }
  }

  @Test
  void wordPiecesEncodeBetweenTheMarksOfAnEncoder() throws IOException {
    write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\ncap\n##ital\n");

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      Encoding encoding = tokenizer.encode("The capital?");

      assertThat(encoding.ids()).isEqualTo(TokenIds.of(2, 4, 5, 6, 1, 3));
      assertThat(encoding.tokens()).extracting(Token::start).containsExactly(0, 0, 4, 7, 11, 12);
      assertThat(tokenizer.display(6)).isEqualTo("##ital");
      assertThat(tokenizer.specials().role("sep")).hasValue(3);
    }
  }

  @Test
  void aWordPieceVocabularyWithoutItsMarksIsRefused() throws IOException {
    write("vocab.txt", "[PAD]\n[UNK]\nthe\n");

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("expected a line [CLS] in a WordPiece vocabulary, got none in");
  }

  @Test
  void anEndTokenWrittenInTheTextStays() throws IOException {
    write("tokenizer.json", TinyTokenizers.wordLevel(TinyTokenizers.template("<s>", 0, "</s>", 1)));

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("a</s>").ids()).isEqualTo(TokenIds.of(0, 4, 1));
      assertThat(tokenizer.encode("").ids()).isEqualTo(TokenIds.of(0));
    }
  }

  @Test
  void aFolderWithoutTokenizerTakesIdsOnly() {
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.isPresent()).isFalse();
      assertThat(tokenizer.display(17)).isEqualTo("#17");
      assertThat(tokenizer.idOf("#17")).isEqualTo(17);
      assertThatThrownBy(() -> tokenizer.encode("text"))
          .isInstanceOf(TokenizerException.class)
          .hasMessageContaining(
              "got none of them in " + folder + "; give token ids instead of text");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokenizer.json | {\"model\": | expected JSON, got an end too early at line 1",
        "tokenizer.json | [] | expected a JSON object, got something else",
        "tokenizer.json | {} | expected an object \"model\"",
        "tokenizer.json | {\"model\": {\"type\": \"BPE\"}} | expected an object or a list \"vocab\", got nothing",
        "tokenizer.json | {\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}, \"merges\": []}} | expected an id from 0 to 16777215 for every piece, got -1",
        "tokenizer.json | {\"model\": {\"type\": \"Nonsense\", \"vocab\": {\"a\": 0}}} | that the tokenizers library can load",
        "tokenizer.json | {\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"x y\"]}} | that the tokenizers library can load",
        "tokenizer.json | {\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"b\": 1, \"ab\": 2}, \"merges\": [\"a b\"], \"continuing_subword_prefix\": \"##\"}} | starts with the continuing_subword_prefix, got one that does not",
        "tokenizer.json | {\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}, \"unk_token\": \"a\"}, \"post_processor\": {\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}], \"pair\": [], \"special_tokens\": {}}} | expected every special token of the post-processor's templates among its special_tokens",
        "tokenizer.json | {\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}, \"unk_token\": \"a\"}, \"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"}} | expected compiled character replacements with a trie of at least 256 units",
        "tokenizer.json | {\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}, \"unk_token\": \"a\"}, \"decoder\": {\"type\": \"Strip\", \"content\": \" \", \"start\": 0, \"stop\": 1}} | expected a Strip decoder with \"stop\": 0, got 1",
        "tokenizer_config.json | {\"add_bos_token | expected JSON, got an end too early at line 1",
      })
  void aDamagedFileIsRefusedInOneLine(String name, String content, String message)
      throws IOException {
    write(name, content);

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageStartingWith("tokenizer: ")
        .hasMessageContaining(message)
        .hasMessageContaining(folder.resolve(name).toString())
        .hasMessageNotContaining("\n");
  }

  @Test
  void aDamagedMergesFileIsRefusedWithItsLine() throws IOException {
    write("vocab.json", "{\"a\": 0, \"b\": 1, \"ab\": 2}");
    write("merges.txt", "#version: 0.2\na b\nonlyone\n");

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("got 1 at line 3 of");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }
}
