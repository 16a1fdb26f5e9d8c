package io.lexiscope.model.generate;

import io.lexiscope.model.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/// Which tokens go on with a word that was begun, and which leave one unfinished: letters, digits
/// and apostrophes belong to words.
public final class WordBoundaries {
  private final BitSet goesOn = new BitSet();
  private final BitSet open = new BitSet();

  private WordBoundaries() {}

  /// Of a tokenizer.
  ///
  /// @param vocabulary number of ids
  public static WordBoundaries of(Tokenizer tokenizer, int vocabulary) {
    WordBoundaries words = new WordBoundaries();
    for (int id = 0; id < vocabulary; id++) {
      if (!tokenizer.specials().contains(id)) {
        String text = new String(tokenizer.bytes(id), StandardCharsets.UTF_8);
        words.goesOn.set(id, !text.isEmpty() && inWord(text.codePointAt(0)));
        words.open.set(id, !text.isEmpty() && inWord(text.codePointBefore(text.length())));
      }
    }
    return words;
  }

  private static boolean inWord(int point) {
    return Character.isLetterOrDigit(point) || point == '\'';
  }

  /// Whether a token goes on with the word before it, if there is one.
  public boolean goesOn(int id) {
    return goesOn.get(id);
  }

  /// Whether a token ends inside a word, or at the last letter of one.
  public boolean endsInWord(int id) {
    return open.get(id);
  }
}
