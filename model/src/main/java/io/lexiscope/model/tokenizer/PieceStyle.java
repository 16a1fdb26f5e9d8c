package io.lexiscope.model.tokenizer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/// How the pieces of a vocabulary stand for bytes.
sealed interface PieceStyle {
  /// The bytes of a piece that is no special token.
  byte[] bytes(String piece);

  /// GPT-2's letters for bytes.
  record ByteLevel() implements PieceStyle {
    @Override
    public byte[] bytes(String piece) {
      return ByteAlphabet.read(piece);
    }
  }

  /// SentencePiece: a mark stands for a space, and `<0xE2>` for a byte.
  ///
  /// @param mark usually `▁`
  /// @param byteFallback whether `<0xE2>` stands for a byte
  record Marked(String mark, boolean byteFallback) implements PieceStyle {
    private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

    @Override
    public byte[] bytes(String piece) {
      if (isByte(piece)) {
        return new byte[] {(byte) Integer.parseInt(piece.substring(3, 5), 16)};
      }
      return utf8(piece.replace(mark, " "));
    }

    boolean isByte(String piece) {
      return byteFallback && BYTE.matcher(piece).matches();
    }
  }

  /// A suffix closes a word (`</w>`), and reads as the space after it.
  record Suffixed(String suffix) implements PieceStyle {
    @Override
    public byte[] bytes(String piece) {
      return utf8(
          piece.endsWith(suffix)
              ? piece.substring(0, piece.length() - suffix.length()) + " "
              : piece);
    }
  }

  /// As written; WordPiece keeps its `##`.
  record Plain() implements PieceStyle {
    @Override
    public byte[] bytes(String piece) {
      return utf8(piece);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// UTF-8 as text, each byte that belongs to no whole character as `<0xE2>`.
  static String readable(byte[] bytes) {
    var text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int length = Math.min(lengthOfCharacter(bytes[at]), bytes.length - at);
      String character = character(bytes, at, length);
      if (character.isEmpty()) {
        text.append("<0x%02X>".formatted(bytes[at] & 0xFF));
        at++;
      } else {
        text.append(character);
        at += length;
      }
    }
    return text.toString();
  }

  private static int lengthOfCharacter(byte first) {
    int b = first & 0xFF;
    return b < 0xC0 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
  }

  private static String character(byte[] bytes, int from, int length) {
    if (length == 1 && bytes[from] >= 0) {
      return Character.toString(bytes[from]);
    }
    try {
      var one = ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + length));
      return StandardCharsets.UTF_8.newDecoder().decode(one).toString();
    } catch (CharacterCodingException e) {
      return "";
    }
  }
}
