package io.lexiscope.index;

import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What is kept of a vector in words.
///
/// @param number in the catalogue
/// @param logSumExp of its scores over the vocabulary, nats
/// @param top the largest scores, largest first
/// @param bottom the smallest, smallest first
record VectorEntry(int number, float logSumExp, List<ScoredWord> top, List<ScoredWord> bottom) {

  static VectorEntry of(int number, VocabularyReading reading) {
    return new VectorEntry(
        number, (float) reading.logSumExp(), words(reading.top()), words(reading.bottom()));
  }

  private static List<ScoredWord> words(List<TokenLogit> logits) {
    return logits.stream().map(word -> new ScoredWord(word.id(), word.logit())).toList();
  }

  byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * Integer.BYTES + 2 * Integer.BYTES * (top.size() + bottom.size()));
    bytes.putInt(number).putFloat(logSumExp).putInt(top.size()).putInt(bottom.size());
    for (List<ScoredWord> list : List.of(top, bottom)) {
      for (ScoredWord token : list) {
        bytes.putInt(token.id()).putFloat(token.score());
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

  private static List<ScoredWord> tokens(ByteBuffer bytes, int count) {
    List<ScoredWord> tokens = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tokens.add(new ScoredWord(bytes.getInt(), bytes.getFloat()));
    }
    return tokens;
  }
}
