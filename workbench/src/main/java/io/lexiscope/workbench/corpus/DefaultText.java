package io.lexiscope.workbench.corpus;

import io.lexiscope.analysis.text.PlainEnglish;
import io.lexiscope.index.Corpus;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.train.recipe.RecipeException;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.SequenceTask;
import io.lexiscope.train.task.Split;
import io.lexiscope.train.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is read on where no text is given: held-out documents of the task it was trained
/// for, or else some pages of plain English that come with the program.
///
/// @param name what it is, in words
/// @param texts each begins anew
public record DefaultText(String name, List<TokenIds> texts) {
  /// Positions after which no further document is drawn.
  static final int POSITIONS = 8192;

  /// Far behind the documents that training and other experiments draw.
  private static final long FIRST = 1L << 42;

  private static final Split SIDE = Split.VALIDATION;

  public DefaultText {
    texts = List.copyOf(texts);
  }

  /// As a corpus for firing rates; null where there is no text.
  public @Nullable Corpus corpus() {
    return texts.isEmpty() ? null : new Corpus(name, texts);
  }

  /// The text for a model. No texts where the model has neither a task nor a tokenizer.
  public static DefaultText of(LanguageModel model) {
    return switch (task(model)) {
      case CorpusTask corpus ->
          drawn(corpus, i -> PlainEnglish.read(model, corpus.document(SIDE, i)));
      case SequenceTask sequences ->
          drawn(sequences, i -> TokenIds.of(sequences.example(SIDE, i).tokens().toArray()));
      case null -> bundled(model);
    };
  }

  /// The task that a model was trained for; null where it is not known.
  public static @Nullable Task task(LanguageModel model) {
    Path recipe = model.folder().resolve("recipe.json");
    if (!Files.isRegularFile(recipe)) {
      return null;
    }
    try {
      return Tasks.of(Recipes.read(recipe).task());
    } catch (RecipeException notOurs) {
      return null; // another program's file of that name, or a task this release does not know
    }
  }

  private interface Draw {
    TokenIds at(long index);
  }

  private static DefaultText drawn(Task task, Draw draw) {
    List<TokenIds> texts = new ArrayList<>();
    int positions = 0;
    for (long index = FIRST; positions < POSITIONS; index++) {
      TokenIds ids = draw.at(index);
      texts.add(ids);
      positions += Math.max(1, ids.size());
    }
    return new DefaultText(task.name() + ", held-out side", texts);
  }

  private static DefaultText bundled(LanguageModel model) {
    return new DefaultText("plain English of the program", PlainEnglish.texts(model));
  }
}
