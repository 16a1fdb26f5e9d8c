package io.lexiscope.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteLevelTokenizerTest {
  private static Tokenizer tokenizer;

  @BeforeAll
  static void load() {
    tokenizer = TinyTokenizers.byteLevel().load();
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void mergesApplyAfterTheTextIsSplitIntoWordsWithTheirLeadingSpace() {
    Encoding encoding = tokenizer.encode("see the cat");

    assertThat(encoding.tokens())
        .extracting(Token::text)
        .containsExactly("s", "e", "e", " the", " cat");
    assertThat(encoding.tokens().get(3))
        .isEqualTo(new Token(tokenizer.idOf(" the"), " the", 3, 7, false));
  }

  @Test
  void anyUnicodeTextEncodesAndDecodesLosslesslyAndItsTokensCoverIt() {
    var random = new Random(20261121);
    for (int i = 0; i < 2000; i++) {
      String text = randomText(random);

      Encoding encoding = tokenizer.encode(text);

      assertThat(tokenizer.decode(encoding.ids())).isEqualTo(text);
      assertThat(joinedBytes(encoding)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
      assertThatOffsetsCover(encoding);
    }
  }

  @Test
  void tokensOfWholeCharactersReadAsTheText() {
    String text = "the cat,\tin \"Paris\"\n\n the cat  (2026)~";

    String joined =
        tokenizer.encode(text).tokens().stream().map(Token::text).collect(Collectors.joining());

    assertThat(joined).isEqualTo(text);
  }

  @Test
  void offsetsAreUtf16IndicesAndTokensOfOneCharacterShareIt() {
    Encoding encoding = tokenizer.encode("🙂 the");

    assertThat(encoding.tokens()).extracting(Token::start).containsExactly(0, 0, 0, 0, 2);
    assertThat(encoding.tokens()).extracting(Token::end).containsExactly(2, 2, 2, 2, 6);
  }

  @Test
  void partsOfACharacterReadAsBytesAndKeepThem() {
    Encoding encoding = tokenizer.encode("é");
    int first = encoding.tokens().getFirst().id();

    assertThat(encoding.tokens()).extracting(Token::text).containsExactly("<0xC3>", "<0xA9>");
    assertThat(tokenizer.piece(first)).isEqualTo("Ã");
    assertThat(tokenizer.bytes(first)).containsExactly(0xC3);
  }

  @Test
  void aLoneSurrogateIsReadAsTheReplacementCharacter() {
    Encoding encoding = tokenizer.encode("a\uD83Db");

    assertThat(tokenizer.decode(encoding.ids())).isEqualTo("a\uFFFDb");
    assertThat(encoding.tokens().getLast())
        .isEqualTo(new Token(tokenizer.idOf("b"), "b", 2, 3, false));
  }

  @Test
  void aTargetIsTheOneTokenThatReadsSo() {
    assertThat(tokenizer.display(tokenizer.idOf(" Paris"))).isEqualTo(" Paris");
    assertThat(tokenizer.idOf("ĠParis")).isEqualTo(tokenizer.idOf(" Paris"));
    assertThat(tokenizer.idOf("<|endoftext|>")).isEqualTo(tokenizer.vocabularySize() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {" Parisian", "Paris"})
  void aTargetOfSeveralTokensIsRefusedWithItsParts(String target) {
    assertThatThrownBy(() -> tokenizer.idOf(target))
        .isInstanceOf(TokenizerException.class)
        .hasMessageStartingWith(
            "idOf: expected the text of one token, got \"" + target + "\", which splits into ")
        .hasMessageContaining("(" + tokenizer.encode(target).ids().get(-1) + ")");
  }

  @Test
  void anIdWithoutATokenReadsAsItsNumber() {
    assertThat(tokenizer.display(99999)).isEqualTo("#99999");
    assertThat(tokenizer.piece(99999)).isEqualTo("#99999");
    assertThat(tokenizer.bytes(99999)).isEmpty();
    assertThat(tokenizer.decode(TokenIds.of(tokenizer.idOf("h"), 99999))).isEqualTo("h");
  }

  @Test
  void theEndOfTextTokenIsSpecialAndLeftOutOfDecodedText() {
    int end = tokenizer.specials().eos().orElseThrow();

    assertThat(tokenizer.specials().contains(end)).isTrue();
    assertThat(tokenizer.decode(TokenIds.of(tokenizer.idOf(" the"), end))).isEqualTo(" the");
    assertThat(tokenizer.decodeWithSpecial(TokenIds.of(tokenizer.idOf(" the"), end)))
        .isEqualTo(" the<|endoftext|>");
  }

  @Test
  void anEmptyTextHasNoTokens() {
    assertThat(tokenizer.encode("").tokens()).isEmpty();
  }

  @Test
  void aClosedTokenizerRefuses() {
    Tokenizer closed = TinyTokenizers.byteLevel().load();
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.encode("a"))
        .isInstanceOf(TokenizerException.class)
        .hasMessage("tokenizer: expected an open tokenizer, got a closed one");
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    List<String> texts =
        IntStream.range(0, 64).mapToObj(i -> "the cat " + i + " in Paris 🙂").toList();
    List<Encoding> alone = texts.stream().map(tokenizer::encode).toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Encoding>> together =
          texts.stream().map(text -> threads.submit(() -> tokenizer.encode(text))).toList();

      for (int i = 0; i < texts.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    }
  }

  private static byte[] joinedBytes(Encoding encoding) {
    var out = new ByteArrayOutputStream();
    encoding.tokens().forEach(token -> out.writeBytes(tokenizer.bytes(token.id())));
    return out.toByteArray();
  }

  private static void assertThatOffsetsCover(Encoding encoding) {
    int reached = 0;
    for (Token token : encoding.tokens()) {
      assertThat(token.start()).isLessThanOrEqualTo(reached);
      assertThat(token.end()).isGreaterThanOrEqualTo(reached);
      reached = token.end();
    }
    assertThat(reached).isEqualTo(encoding.text().length());
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(20);
    while (text.codePointCount(0, text.length()) < length) {
      int codePoint =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> random.nextInt(0x800);
            case 2 -> random.nextInt(0x10000);
            default -> random.nextInt(0x110000);
          };
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }
}
