package io.lexiscope.workbench.corpus;

import io.lexiscope.analysis.exit.ExitExamples;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.train.recipe.RecipeException;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.Split;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Beginnings of sentences of the task that a model was trained for.
public final class TaskSentences {
  private TaskSentences() {}

  /// Beginnings of sentences of the task, and of its held-out side.
  ///
  /// @throws WorkbenchException of kind `invalid` where the model has no task of running text
  public static ExitExamples examples(LanguageModel model, int learned, int tested, long seed) {
    CorpusTask task = task("exit", model);
    return new ExitExamples(
        task.name(),
        drawn(model, task, Split.TRAIN, learned, seed),
        drawn(model, task, Split.VALIDATION, tested, seed));
  }

  /// Beginnings of held-out sentences of the task.
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
    // Far behind the documents that training has drawn.
    var index = new AtomicLong((1L << 40) + seed * (1L << 20));
    return ExitExamples.drawn(
        model,
        () -> task.document(split, index.getAndIncrement()),
        wanted,
        seed * 2 + (split == Split.TRAIN ? 0 : 1));
  }
}
