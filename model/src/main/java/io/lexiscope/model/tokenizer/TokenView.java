package io.lexiscope.model.tokenizer;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One token of a prompt.
///
/// @param id index into the vocabulary
/// @param text what the token decodes to, spaces included
/// @param piece the token as the tokenizer's file writes it, such as `ĠParis`; absent without a
///   tokenizer, and where only the text was asked for
/// @param bytes the bytes it stands for, hexadecimal with blanks between; absent likewise
public record TokenView(int id, String text, @Nullable String piece, @Nullable String bytes) {
  /// A token of which only the text is told.
  public TokenView(int id, String text) {
    this(id, text, /* piece= */ null, /* bytes= */ null);
  }

  /// An id as a token that people can read.
  public static TokenView of(Tokenizer tokenizer, int id) {
    return tokenizer.isPresent()
        ? new TokenView(id, tokenizer.display(id), tokenizer.piece(id), hex(tokenizer.bytes(id)))
        : new TokenView(id, tokenizer.display(id));
  }

  /// Ids as tokens that people can read.
  public static List<TokenView> each(Tokenizer tokenizer, TokenIds ids) {
    return ids.stream().mapToObj(id -> of(tokenizer, id)).toList();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
  }
}
