package io.lexiscope.workbench.corpus;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.train.recipe.RecipeException;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.Split;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Examples of the kind the paper has: a random beginning of a sentence.
///
/// @param corpus where the sentences are from
/// @param learned beginnings to learn from
/// @param tested beginnings of held-out sentences to test on; null where there is no such side
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.1</a>
public record ExitExamples(String corpus, List<TokenIds> learned, @Nullable List<TokenIds> tested) {

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

  /// Beginnings of sentences of the task that a model was trained for, and of its held-out side.
  ///
  /// @throws WorkbenchException of kind `invalid` where the model has no task of running text
  public static ExitExamples ofTask(LanguageModel model, int learned, int tested, long seed) {
    CorpusTask task = task("exit", model);
    return new ExitExamples(
        task.name(),
        drawn(model, task, Split.TRAIN, learned, seed),
        drawn(model, task, Split.VALIDATION, tested, seed));
  }

  /// Beginnings of held-out sentences of the task that a model was trained for.
  ///
  /// @param verb what they are for
  /// @throws WorkbenchException of kind `invalid` where the model has no task of running text
  public static List<TokenIds> heldOut(String verb, LanguageModel model, int wanted, long seed) {
    return drawn(model, task(verb, model), Split.VALIDATION, wanted, seed);
  }

  private static CorpusTask task(String verb, LanguageModel model) {
    try {
      var recipe = Recipes.read(model.folder().resolve("recipe.json"));
      if (Tasks.of(recipe.task()) instanceof CorpusTask task) {
        return task;
      }
    } catch (RecipeException none) {
      throw noTexts(verb, none);
    }
    throw noTexts(verb, /* cause= */ null);
  }

  private static WorkbenchException noTexts(String verb, @Nullable Throwable cause) {
    return new WorkbenchException(
        io.lexiscope.workbench.ask.ProblemKind.INVALID,
        verb
            + ": expected texts, got none, and the model has no task of running text; give some of your own (--data FILE on the command line)",
        "texts",
        cause);
  }

  private static List<TokenIds> drawn(
      LanguageModel model, CorpusTask task, Split split, int wanted, long seed) {
    RandomGenerator random = Seeded.LXM.from(seed * 2 + (split == Split.TRAIN ? 0 : 1));
    List<TokenIds> all = new ArrayList<>();
    // Far behind the documents that training has drawn.
    long index = (1L << 40) + seed * (1L << 20);
    while (all.size() < wanted) {
      List<String> sentences = sentences(task.document(split, index++));
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
