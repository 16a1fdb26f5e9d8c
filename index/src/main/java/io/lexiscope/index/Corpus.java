package io.lexiscope.index;

import io.lexiscope.model.tokenizer.TokenIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      for (TokenIds text : texts) {
        ByteBuffer bytes =
            ByteBuffer.allocate(Integer.BYTES * (text.size() + 1)).putInt(text.size());
        text.stream().forEach(bytes::putInt);
        digest.update(bytes.flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256: every Java has it", impossible);
    }
  }
}
