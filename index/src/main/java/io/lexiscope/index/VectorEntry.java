package io.lexiscope.index;

import io.lexiscope.index.SearchHits.OwnWord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What is kept of a vector in words.
///
/// @param number in the catalogue
/// @param logSumExp of its scores over the vocabulary, nats
/// @param top the largest scores, largest first
/// @param bottom the smallest, smallest first
record VectorEntry(int number, float logSumExp, List<OwnWord> top, List<OwnWord> bottom) {
  private static final int BYTES_OF_WORD = 3 * Integer.BYTES;

  byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * Integer.BYTES + BYTES_OF_WORD * (top.size() + bottom.size()));
    bytes.putInt(number).putFloat(logSumExp).putInt(top.size()).putInt(bottom.size());
    for (List<OwnWord> list : List.of(top, bottom)) {
      for (OwnWord token : list) {
        bytes.putInt(token.id()).putFloat(token.score()).putInt(token.rank());
      }
    }
    return bytes.array();
  }

  static VectorEntry read(ByteBuffer bytes) {
    int number = bytes.getInt();
    float logSumExp = bytes.getFloat();
    int top = bytes.getInt();
    int bottom = bytes.getInt();
    return new VectorEntry(number, logSumExp, tokens(bytes, top), tokens(bytes, bottom));
  }

  private static List<OwnWord> tokens(ByteBuffer bytes, int count) {
    List<OwnWord> tokens = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tokens.add(new OwnWord(bytes.getInt(), bytes.getFloat(), bytes.getInt()));
    }
    return tokens;
  }
}
