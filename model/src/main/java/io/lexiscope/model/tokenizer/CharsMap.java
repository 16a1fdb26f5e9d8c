package io.lexiscope.model.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The compiled character replacements of a SentencePiece normaliser, checked before anybody
/// follows them: the native library trusts every offset in them, and a damaged one would end the
/// whole process.
///
/// The bytes are a length, a double-array trie of that length over UTF-8 bytes, and the
/// replacements, each ended by a zero byte.
///
/// @see <a href="https://github.com/s-yata/darts-clone">Darts-clone</a>, whose unit layout this is
final class CharsMap {
  private static final int LABEL = 0x800000FF;

  private final IntBuffer units;
  private final byte[] replacements;
  private final String source;

  private CharsMap(IntBuffer units, byte[] replacements, String source) {
    this.units = units;
    this.replacements = replacements;
    this.source = source;
  }

  /// Checks every `Precompiled` part of a document's normaliser.
  ///
  /// @throws TokenizerException if one is damaged
  static void check(ObjectNode root, String source) {
    for (JsonNode part : TokenizerRules.flatten(root.path("normalizer"), "normalizers")) {
      JsonNode map = part.path("precompiled_charsmap");
      if (part.path("type").asString("").equals("Precompiled") && map.isString()) {
        checked(map.stringValue(), source);
      }
    }
  }

  /// @param base64 the bytes
  /// @throws TokenizerException if they are damaged
  static CharsMap checked(String base64, String source) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw damaged("base 64", source);
    }
    if (bytes.length == 0) {
      return new CharsMap(IntBuffer.allocate(256), bytes, source);
    }
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.length < Integer.BYTES ? -1 : in.getInt();
    if (length < 256 * Integer.BYTES || length % Integer.BYTES != 0 || length > in.remaining()) {
      throw damaged("a trie of at least 256 units", source);
    }
    var units = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    var replacements = new byte[in.remaining() - length];
    in.get(Integer.BYTES + length, replacements);
    var map = new CharsMap(units, replacements, source);
    map.follow();
    return map;
  }

  /// A replacement.
  ///
  /// @param text what is put there
  /// @param bytes how many bytes it takes the place of
  record Replacement(String text, int bytes) {}

  /// The longest one at a place of a text in UTF-8, or null.
  @Nullable Replacement longest(byte[] text, int from) {
    int found = -1;
    int bytes = 0;
    int node = offset(units.get(0));
    for (int at = from; at < text.length && text[at] != 0; at++) {
      int c = text[at] & 0xFF;
      int unit = units.get(node ^ c);
      if ((unit & LABEL) != c) {
        break;
      }
      node ^= c ^ offset(unit);
      if ((unit >>> 8 & 1) == 1) {
        found = units.get(node) & 0x7FFFFFFF;
        bytes = at + 1 - from;
      }
    }
    if (found < 0) {
      return null;
    }
    int end = found;
    while (replacements[end] != 0) {
      end++;
    }
    return new Replacement(
        new String(replacements, found, end - found, StandardCharsets.UTF_8), bytes);
  }

  /// Visits every node that some text can reach.
  private void follow() {
    checkText();
    var seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    visit(offset(units.get(0)), seen, open);
    while (!open.isEmpty()) {
      int node = open.remove();
      for (int c = 1; c < 256; c++) {
        int unit = units.get(node ^ c);
        if ((unit & LABEL) == c) {
          int next = node ^ c ^ offset(unit);
          visit(next, seen, open);
          if ((unit >>> 8 & 1) == 1) {
            checkReplacement(units.get(next) & 0x7FFFFFFF);
          }
        }
      }
    }
  }

  private void visit(int node, BitSet seen, Deque<Integer> open) {
    if (node < 0 || (node | 0xFF) >= units.limit()) {
      throw damaged("a trie whose offsets stay inside it", source);
    }
    if (!seen.get(node)) {
      seen.set(node);
      open.add(node);
    }
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & 1 << 9) >>> 6);
  }

  private void checkReplacement(int start) {
    boolean onCharacter = start < replacements.length && (replacements[start] & 0xC0) != 0x80;
    int end = start;
    while (end < replacements.length && replacements[end] != 0) {
      end++;
    }
    if (!onCharacter || end == replacements.length) {
      throw damaged("replacements that start at a character and end with a zero", source);
    }
  }

  private void checkText() {
    try {
      CharBuffer unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
      assert unused != null;
    } catch (CharacterCodingException e) {
      throw damaged("replacements in UTF-8", source);
    }
  }

  private static TokenizerException damaged(String expected, String source) {
    return new TokenizerException(
        "tokenizer: expected compiled character replacements with %s, got damaged ones in %s"
            .formatted(expected, source));
  }
}
