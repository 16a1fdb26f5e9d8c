package io.lexiscope.analysis.ffn;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Takes prompts from running text: one random prefix of each of some random sentences.
///
/// A sentence of T tokens gives its first 1 … T − 1 tokens with equal probability, after the
/// leading special tokens of the tokenizer. Sentences are told apart by the Unicode rules of the
/// Java library, where the authors used spaCy.
///
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.1</a>
public final class PrefixSample {
  private PrefixSample() {}

  /// The sentences of a text, blanks at their ends removed.
  public static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    for (String line : text.split("\\R", -1)) {
      BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
      breaks.setText(line);
      int start = breaks.first();
      for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
        String sentence = line.substring(start, end).strip();
        if (!sentence.isEmpty()) {
          sentences.add(sentence);
        }
      }
    }
    return sentences;
  }

  /// Whole prompts, of which what is longer than the context loses its beginning; texts without a
  /// token are left out.
  ///
  /// @param most of the texts, from the first on
  /// @throws io.lexiscope.model.tokenizer.TokenizerException if there is no tokenizer
  public static List<TokenIds> whole(LanguageModel model, List<String> texts, int most) {
    int context = model.architecture().dimensions().context();
    return texts.stream()
        .limit(most)
        .map(text -> model.tokenizer().encode(text).ids())
        .filter(ids -> !ids.isEmpty())
        .map(ids -> ids.slice(Math.max(0, ids.size() - context), ids.size()))
        .toList();
  }

  /// A random prefix of each of up to `count` random sentences that have at least two tokens.
  ///
  /// @param seed the same seed gives the same prompts
  /// @throws io.lexiscope.model.tokenizer.TokenizerException if there is no tokenizer
  public static List<TokenIds> of(LanguageModel model, String text, int count, long seed) {
    RandomGenerator random = Seeded.CONGRUENTIAL.from(seed);
    List<String> sentences = new ArrayList<>(sentences(text));
    Seeded.shuffle(sentences, random);
    Tokenizer tokenizer = model.tokenizer();
    int context = model.architecture().dimensions().context();
    List<TokenIds> prompts = new ArrayList<>();
    for (String sentence : sentences) {
      if (prompts.size() >= count) {
        break;
      }
      TokenIds ids = tokenizer.encode(sentence).ids();
      int specials = ids.size() - tokenizer.encodeWithoutSpecial(sentence).ids().size();
      int own = Math.min(ids.size(), context) - specials;
      if (own >= 2) {
        prompts.add(ids.slice(0, specials + 1 + random.nextInt(own - 1)));
      }
    }
    return prompts;
  }
}
