package io.lexiscope.workbench.corpus;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.train.recipe.RecipeException;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.recipe.TaskRecipe;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.Split;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The words that a model met in training, where its task can be drawn again.
public final class TaskWords {
  /// How many of the first documents of training are read: as many as its tokenizer was made of.
  private static final int DOCUMENTS = 30_000;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+(?:['’][\\p{L}\\p{M}]+)*");

  private final Map<TaskRecipe, Set<String>> drawn = new ConcurrentHashMap<>();

  /// A word of a text: its first character, UTF-16, and the one after it.
  public record Place(int start, int end) {
    /// Whether a part of the text has characters in common with it.
    public boolean meets(int from, int to) {
      return from < end && to > start;
    }
  }

  /// Where the words of a text stand that the model's training did not hold, whether they are
  /// written in small letters or large; nothing where its task is not of running text, or not
  /// known.
  public Optional<Set<Place>> unknown(LanguageModel model, String text) {
    return known(model)
        .map(
            words ->
                WORD.matcher(text)
                    .results()
                    .filter(word -> !words.contains(plain(word.group())))
                    .map(word -> new Place(word.start(), word.end()))
                    .collect(Collectors.toSet()));
  }

  private Optional<Set<String>> known(LanguageModel model) {
    var file = model.folder().resolve("recipe.json");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      var choice = Recipes.read(file).task();
      return Tasks.of(choice) instanceof CorpusTask task
          ? Optional.of(drawn.computeIfAbsent(choice, _ -> words(task)))
          : Optional.empty();
    } catch (RecipeException none) {
      return Optional.empty();
    }
  }

  private static Set<String> words(CorpusTask task) {
    var words = new HashSet<String>();
    task.singleTokenWords().forEach(word -> words.add(plain(word.strip())));
    for (var i = 0; i < DOCUMENTS; i++) {
      WORD.matcher(task.document(Split.TRAIN, i))
          .results()
          .forEach(word -> words.add(plain(word.group())));
    }
    return Set.copyOf(words);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
