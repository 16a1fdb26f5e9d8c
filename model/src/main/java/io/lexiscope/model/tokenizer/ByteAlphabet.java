package io.lexiscope.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The printable letter that byte-level tokenizers write for each of the 256 bytes (`Ġ` for a
/// space).
///
/// @see <a href="https://github.com/openai/gpt-2/blob/master/src/encoder.py">GPT-2's
///   `bytes_to_unicode`</a>
public final class ByteAlphabet {
  private static final char[] LETTERS = letters();
  private static final short[] BYTES = bytes();

  private ByteAlphabet() {}

  private static char[] letters() {
    var letters = new char[256];
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      letters[b] = (char) (printable ? b : next++);
    }
    return letters;
  }

  private static short[] bytes() {
    var bytes = new short[512];
    Arrays.fill(bytes, (short) -1);
    for (int b = 0; b < 256; b++) {
      bytes[LETTERS[b]] = (short) b;
    }
    return bytes;
  }

  /// The letter of a byte.
  ///
  /// @param b from 0 to 255
  public static char letter(int b) {
    return LETTERS[b];
  }

  /// The text's UTF-8 bytes as letters (` Paris` → `ĠParis`).
  public static String write(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    var piece = new StringBuilder(utf8.length);
    for (byte b : utf8) {
      piece.append(LETTERS[b & 0xFF]);
    }
    return piece.toString();
  }

  /// The bytes of a piece; characters outside the alphabet, which added tokens may hold, stand for
  /// their own UTF-8.
  public static byte[] read(String piece) {
    var out = new java.io.ByteArrayOutputStream(piece.length());
    piece
        .codePoints()
        .forEach(
            c -> {
              if (c < BYTES.length && BYTES[c] >= 0) {
                out.write(BYTES[c]);
              } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
              }
            });
    return out.toByteArray();
  }
}
