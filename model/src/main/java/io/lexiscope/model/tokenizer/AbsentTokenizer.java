package io.lexiscope.model.tokenizer;

import java.nio.file.Path;

/// What a model without a tokenizer gets: ids go in and come out as `#id`.
///
/// @param folder where nothing was found
record AbsentTokenizer(Path folder) implements Tokenizer {
  @Override
  public Encoding encode(String text) {
    throw missing("encode");
  }

  @Override
  public Encoding encodeWithoutSpecial(String text) {
    throw missing("encode");
  }

  @Override
  public String decode(TokenIds ids) {
    throw missing("decode");
  }

  @Override
  public String decodeWithSpecial(TokenIds ids) {
    throw missing("decode");
  }

  @Override
  public int vocabularySize() {
    return 0;
  }

  @Override
  public String piece(int id) {
    return "#" + id;
  }

  @Override
  public String display(int id) {
    return "#" + id;
  }

  @Override
  public byte[] bytes(int id) {
    return new byte[0];
  }

  @Override
  public int idOf(String tokenText) {
    if (tokenText.matches("#\\d{1,9}")) {
      return Integer.parseInt(tokenText.substring(1));
    }
    throw missing("idOf");
  }

  @Override
  public double mergedOn(int id) {
    return 0;
  }

  @Override
  public SpecialTokens specials() {
    return SpecialTokens.NONE;
  }

  @Override
  public boolean isPresent() {
    return false;
  }

  @Override
  public void close() {}

  private TokenizerException missing(String operation) {
    return new TokenizerException(
        "%s: expected tokenizer.json, vocab.json + merges.txt, tokenizer.model or vocab.txt, got none of them in %s; give token ids instead of text"
            .formatted(operation, folder));
  }
}
