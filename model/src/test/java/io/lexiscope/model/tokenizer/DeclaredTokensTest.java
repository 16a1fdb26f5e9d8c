package io.lexiscope.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.FaultCase;
import io.lexiscope.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// What the files beside a vocabulary declare; ids are those of transformers 5.24 on the same
/// folders.
class DeclaredTokensTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  @Test
  void aTokenThatOnlyTheConfigurationDeclaresIsOne() {
    try (Tokenizer tokenizer = Tokenizer.open(FaultCase.TOKENS_ONLY_IN_CONFIG.folder())) {
      Encoding encoding = tokenizer.encode("<|user|>hello world");

      assertThat(encoding.ids()).isEqualTo(TokenIds.of(0, 268, 261, 266));
      assertThat(tokenizer.display(268)).isEqualTo("<|user|>");
      assertThat(tokenizer.specials().contains(268)).isTrue();
      assertThat(tokenizer.idOf("<|user|>")).isEqualTo(268);
      assertThat(tokenizer.decode(TokenIds.of(0, 268, 261))).isEqualTo("hello");
    }
  }

  @Test
  void aTokenizerJsonAloneSaysWhatIsPutBeforeAText() {
    try (Tokenizer tokenizer = Tokenizer.open(FaultCase.BOS_WITHOUT_POSTPROCESSOR.folder())) {
      assertThat(tokenizer.encode("hello world").ids()).isEqualTo(TokenIds.of(261, 266));
    }
  }

  @Test
  void everyEndTokenThatTheFolderListsIsOne() {
    try (LanguageModel listed = FaultCase.EOS_LIST.open();
        LanguageModel single = FaultCase.TOKENS_ONLY_IN_CONFIG.open()) {
      assertThat(listed.endTokens()).containsExactlyInAnyOrder(1, 268);
      assertThat(single.endTokens()).containsExactly(2);
    }
  }

  @Test
  void aDeclaredTokenBehindAGapIsRefused() throws IOException {
    copy(FaultCase.TOKENS_ONLY_IN_CONFIG.folder().resolve("tokenizer.json"));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"added_tokens_decoder\": {\"300\": {\"content\": \"<|far|>\", \"special\": true}}}");

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageStartingWith(
            "tokenizer: expected an added token to have the next id, 268, got 300 in ");
  }

  private void copy(Path file) throws IOException {
    Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{};true",
        "{'eos_token':'</s>'};true",
        "{'eos_token':'</s>','bos_token':'<s>'};true",
        "{'eos_token':'</s>','bos_token':'<s>','unk_token':'<unk>'};false",
        "{'eos_token':'</s>','bos_token':'<s>','unk_token':null};false",
        "{'eos_token':'</s>','tokenizer_class':'Qwen2Tokenizer'};true",
        "{'eos_token':'</s>','pad_token':'<s>','unk_token':'<unk>','tokenizer_class':'Qwen2Tokenizer'};false"
      })
  void theUsualEndTokenIsSpecialOnlyForARoleThatNobodyNames(String config, boolean special)
      throws IOException {
    Map<String, Integer> vocabulary = new TreeMap<>();
    for (int value = 0; value < 256; value++) {
      vocabulary.put(String.valueOf(ByteAlphabet.letter(value)), value);
    }
    for (String token : List.of("<|endoftext|>", "<s>", "</s>", "<unk>")) {
      vocabulary.put(token, vocabulary.size());
    }
    Files.writeString(folder.resolve("vocab.json"), JSON.writeValueAsString(vocabulary));
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
    Files.writeString(folder.resolve("tokenizer_config.json"), config.replace('\'', '"'));

    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("a<|endoftext|>b").ids().size()).isEqualTo(special ? 3 : 15);
      assertThat(tokenizer.specials().contains(256)).isEqualTo(special);
    }
  }

  @Test
  void twoPiecesOfOneIdAreRefused() throws IOException {
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0, \"b\": 0}");
    Files.writeString(folder.resolve("merges.txt"), "");

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageStartingWith("tokenizer: expected one piece for the id 0, got two in ");
  }

  @Test
  void twoIdsOfOnePieceAreRefused() throws IOException {
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0, \"a\": 1}");
    Files.writeString(folder.resolve("merges.txt"), "");

    assertThatThrownBy(() -> Tokenizer.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageStartingWith(
            "tokenizer: expected one id for every piece, got 0 and 1 for one in ");
  }
}
