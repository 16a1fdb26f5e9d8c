package io.lexiscope.train.bpe;

import io.lexiscope.model.tokenizer.ByteAlphabet;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Splits texts into words as GPT-2's tokenizer does, and counts them.
final class WordCounts {
  /// GPT-2's expression; `(?U)` makes `\s` mean Unicode white space, as in the tokenizers library.
  private static final Pattern WORD =
      Pattern.compile(
          "(?U)'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  private WordCounts() {}

  /// How often each word occurs, by the word in byte letters, in a fixed order.
  static SortedMap<String, Long> of(Stream<String> corpus) {
    Map<String, long[]> counts = new HashMap<>();
    corpus.forEachOrdered(
        document -> {
          var words = WORD.matcher(document);
          while (words.find()) {
            counts.computeIfAbsent(words.group(), word -> new long[1])[0]++;
          }
        });
    var sorted = new TreeMap<String, Long>();
    counts.forEach((word, count) -> sorted.put(ByteAlphabet.write(word), count[0]));
    return sorted;
  }

  static boolean isOneWord(String text) {
    return text.length() > 1 && WORD.matcher(text).matches() && firstWord(text).equals(text);
  }

  private static String firstWord(String text) {
    var words = WORD.matcher(text);
    return words.find() ? words.group() : "";
  }
}
