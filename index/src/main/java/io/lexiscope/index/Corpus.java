package io.lexiscope.index;

import io.lexiscope.base.Digest;
import io.lexiscope.model.tokenizer.TokenIds;
import java.nio.ByteBuffer;
import java.util.List;

/// Texts on which firing rates are measured.
///
/// @param name what people call them
/// @param texts each begins anew
public record Corpus(String name, List<TokenIds> texts) {
  /// Copies the list.
  public Corpus {
    texts = List.copyOf(texts);
  }

  /// Number of tokens.
  public long positions() {
    return texts.stream().mapToLong(TokenIds::size).sum();
  }

  /// SHA-256 of name and tokens, by which two corpora are told apart.
  public String fingerprint() {
    Digest digest = Digest.sha256().add(name);
    for (TokenIds text : texts) {
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (text.size() + 1)).putInt(text.size());
      text.stream().forEach(bytes::putInt);
      digest.add(bytes.flip());
    }
    return digest.hex();
  }
}
