package io.lexiscope.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SentencePieceTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bpe",
        "bpe-no-prefix",
        "unigram",
        "unigram-bytes",
        "unigram-nfkc",
        "unigram-behind"
      })
  void textsBecomeThePiecesThatSentencePieceMakes(String model) throws IOException {
    JsonNode expected = expected();
    assertThat(expected.path("header").path("tool").asString("")).startsWith("sentencepiece ");
    copy(model + ".model", "tokenizer.model");

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      int cases = 0;
      for (JsonNode golden : expected.path("cases")) {
        if (!golden.path("model").stringValue().equals(model)) {
          continue;
        }
        cases++;
        String text = golden.path("text").stringValue();
        TokenIds ids = ids(golden.path("ids"));

        assertThat(tokenizer.encodeWithoutSpecial(text).ids()).as(text).isEqualTo(ids);
        assertThat(tokenizer.decodeWithSpecial(ids).replace("<unk>", " ⁇ "))
            .as("decoded: " + text)
            .isEqualTo(golden.path("decoded").stringValue());
      }
      assertThat(cases).isGreaterThan(10);
    }
  }

  @Test
  void theBeginningOfTextPieceLeadsAPromptUnlessTheConfigurationSaysNo() throws IOException {
    copy("bpe.model", "tokenizer.model");
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("the").ids().get(0)).isEqualTo(1);
      assertThat(tokenizer.specials().bos()).hasValue(1);
      assertThat(tokenizer.specials().eos()).hasValue(2);
    }

    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"add_bos_token\": false}");
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("the")).isEqualTo(tokenizer.encodeWithoutSpecial("the"));
    }
  }

  @Test
  void aModelWithoutABeginningOfTextPieceAddsNothing() throws IOException {
    copy("unigram.model", "spiece.model");
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("the")).isEqualTo(tokenizer.encodeWithoutSpecial("the"));
      assertThat(tokenizer.specials().bos()).isEmpty();
    }
  }

  @Test
  void piecesReadAsTextWithTheirSpaceAndBytesAsBytes() throws IOException {
    copy("bpe.model", "tokenizer.model");
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      int the = tokenizer.idOf(" the");
      assertThat(tokenizer.piece(the)).isEqualTo("▁the");
      assertThat(tokenizer.display(the)).isEqualTo(" the");
      assertThat(tokenizer.idOf("▁the")).isEqualTo(the);

      Encoding encoding = tokenizer.encodeWithoutSpecial("日\n");
      assertThat(encoding.tokens())
          .extracting(Token::text)
          .containsExactly(" ", "<0xE6>", "<0x97>", "<0xA5>", "\n");
    }
  }

  @Test
  void aTokenAddedBesideTheModelIsRecognised() throws IOException {
    copy("bpe.model", "tokenizer.model");
    int size;
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      size = tokenizer.vocabularySize();
    }
    Files.writeString(folder.resolve("added_tokens.json"), "{\"<|im_end|>\": " + size + "}");

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("the<|im_end|>").ids().get(-1)).isEqualTo(size);
    }
  }

  @Test
  void tokenizersThatAreNotSentencePieceAreRefusedInOneLine() throws IOException {
    Files.writeString(folder.resolve("tokenizer.model"), "IQ== 0\nIg== 1\n");

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageStartingWith("tokenizer: expected a SentencePiece model")
        .hasMessageContaining("tokenizer.model")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bpe", "unigram"})
  void damagedModelsLoadOrAreRefusedInOneLine(String model) throws IOException {
    byte[] whole = bytes(model + ".model");
    var random = new Random(11);
    for (int i = 0; i < 300; i++) {
      byte[] damaged =
          Arrays.copyOf(
              whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
      for (int b = 0; b < 1 + random.nextInt(3) && damaged.length > 0; b++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(folder.resolve("tokenizer.model"), damaged);

      try (Tokenizer tokenizer = Tokenizer.open(folder)) {
        assertThat(tokenizer.encode("the river 日").ids().size()).isPositive();
      } catch (TokenizerException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
  }

  private JsonNode expected() throws IOException {
    copy("expected.json", "expected.json");
    return TokenizerJson.readObject(folder.resolve("expected.json"));
  }

  private void copy(String resource, String name) throws IOException {
    Files.write(folder.resolve(name), bytes(resource));
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in =
        SentencePieceTest.class.getResourceAsStream("sentencepiece/" + resource)) {
      assertThat(in).as(resource).isNotNull();
      return in.readAllBytes();
    }
  }

  private static TokenIds ids(JsonNode list) {
    List<Integer> ids = new ArrayList<>();
    list.forEach(id -> ids.add(id.intValue()));
    return TokenIds.of(ids);
  }
}
