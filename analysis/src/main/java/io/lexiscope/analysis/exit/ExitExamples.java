package io.lexiscope.analysis.exit;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Examples of the kind the paper has: a random beginning of a sentence.
///
/// @param corpus where the sentences are from
/// @param learned beginnings to learn from
/// @param tested beginnings of held-out sentences to test on; null where there is no such side
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.1</a>
public record ExitExamples(String corpus, List<TokenIds> learned, @Nullable List<TokenIds> tested) {
  /// Copies the lists.
  public ExitExamples {
    learned = List.copyOf(learned);
    tested = tested == null ? null : List.copyOf(tested);
  }

  /// Beginnings of the sentences of given texts; one of each sentence, and no more than asked for.
  public static ExitExamples ofTexts(
      LanguageModel model, List<String> texts, int wanted, long seed) {
    RandomGenerator random = Seeded.LXM.from(seed);
    List<String> sentences = new ArrayList<>();
    texts.forEach(text -> sentences.addAll(sentences(text)));
    List<TokenIds> all = new ArrayList<>();
    while (!sentences.isEmpty() && all.size() < wanted) {
      String sentence = sentences.remove(random.nextInt(sentences.size()));
      add(model, sentence, random, all);
    }
    return new ExitExamples("given texts", all, /* tested= */ null);
  }

  /// Beginnings of one sentence of each of many documents.
  ///
  /// @param documents never ends; each has a sentence
  /// @param wanted how many
  public static List<TokenIds> drawn(
      LanguageModel model, Supplier<String> documents, int wanted, long seed) {
    RandomGenerator random = Seeded.LXM.from(seed);
    List<TokenIds> all = new ArrayList<>();
    while (all.size() < wanted) {
      List<String> sentences = sentences(documents.get());
      add(model, sentences.get(random.nextInt(sentences.size())), random, all);
    }
    return all;
  }

  private static void add(
      LanguageModel model, String sentence, RandomGenerator random, List<TokenIds> to) {
    TokenIds ids = model.tokenizer().encode(sentence).ids();
    int length = Math.min(ids.size(), model.architecture().dimensions().context());
    if (length > 1) {
      int kept = 1 + random.nextInt(length - 1);
      to.add(TokenIds.of(Arrays.copyOf(ids.toArray(), kept)));
    }
  }

  private static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      String sentence = text.substring(from, to).strip();
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
      from = to;
    }
    return sentences;
  }
}
