package io.lexiscope.train.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.tokenizer.TokenizerException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CharTokenizerJsonTest {
  private static final List<String> TOKENS = List.of("0", "1", "+", "(", "E", "[CLS]", "[PAD]");
  private static final Map<String, String> ROLES =
      Map.of("eos", "E", "pad", "[PAD]", "cls", "[CLS]");

  @Test
  void everyCharacterIsATokenAndBracketedNamesAreOneEach() {
    try (Tokenizer tokenizer = CharTokenizerJson.of(TOKENS, ROLES).load()) {
      var encoding = tokenizer.encode("1+([PAD]10E");

      assertThat(encoding.ids()).isEqualTo(TokenIds.of(5, 1, 2, 3, 6, 1, 0, 4));
      assertThat(encoding.tokens().get(2).start()).isEqualTo(1);
      assertThat(tokenizer.decodeWithSpecial(encoding.ids())).isEqualTo("[CLS]1+([PAD]10E");
      assertThat(tokenizer.specials().pad()).hasValue(6);
      assertThat(tokenizer.specials().eos()).hasValue(4);
      assertThat(tokenizer.vocabularySize()).isEqualTo(7);
    }
  }

  @Test
  void aCharacterOutsideTheTokensIsRefused() {
    try (Tokenizer tokenizer = CharTokenizerJson.of(TOKENS, ROLES).load()) {
      assertThatThrownBy(() -> tokenizer.encode("1+x"))
          .isInstanceOf(TokenizerException.class)
          .hasMessageContaining("a character that is not in the vocabulary");
    }
  }

  @Test
  void withAnUnknownTokenItStandsForOtherCharacters() {
    try (Tokenizer tokenizer = CharTokenizerJson.of(TOKENS, Map.of("unk", "[PAD]")).load()) {
      assertThat(tokenizer.encode("1x").ids()).isEqualTo(TokenIds.of(1, 6));
    }
  }

  @Test
  void aRoleOfNoTokenIsRefused() {
    assertThatThrownBy(() -> CharTokenizerJson.of(TOKENS, Map.of("bos", "B")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the bos token among");
  }
}
