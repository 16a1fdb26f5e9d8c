package io.lexiscope.train;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.tokenizer.TokenizerException;
import io.lexiscope.train.task.Alphabet;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.EvaluationSet;
import io.lexiscope.train.task.Scoring;
import io.lexiscope.train.task.SequenceTask;
import io.lexiscope.train.task.Task;
import java.util.List;
import java.util.stream.IntStream;

/// Whether a model can be asked the questions of a task: a share of right answers of a model that
/// cannot read them would be a number that says nothing.
final class TaskFit {
  private TaskFit() {}

  /// @throws TrainingException if it cannot
  static void require(LanguageModel model, Task task) {
    boolean vocabulary =
        model.tokenizer().isPresent()
            && switch (task) {
              case SequenceTask sequence -> is(sequence.alphabet(), model.tokenizer());
              case CorpusTask corpus -> has(corpus, model.tokenizer());
            };
    if (!vocabulary) {
      throw unfit(task, "the vocabulary", "one with another");
    }
    List<EvaluationSet> sets = task.evaluationSets(/* questionsPerSet= */ 1);
    boolean words = sets.stream().noneMatch(set -> set.scoring() instanceof Scoring.RSquared);
    if (words != (model.architecture().output().head() instanceof Head.Language)) {
      throw unfit(task, words ? "the language head" : "the regression head", "one without");
    }
  }

  private static boolean is(Alphabet alphabet, Tokenizer tokenizer) {
    return tokenizer.vocabularySize() == alphabet.size()
        && IntStream.range(0, alphabet.size())
            .allMatch(id -> tokenizer.piece(id).equals(alphabet.tokens().get(id)));
  }

  private static boolean has(CorpusTask corpus, Tokenizer tokenizer) {
    return single(CorpusTask.END_OF_TEXT, tokenizer)
        && corpus.singleTokenWords().stream().allMatch(word -> single(" " + word, tokenizer));
  }

  private static boolean single(String text, Tokenizer tokenizer) {
    try {
      return tokenizer.idOf(text) >= 0;
    } catch (TokenizerException several) {
      return false;
    }
  }

  private static TrainingException unfit(Task task, String expected, String got) {
    return new TrainingException(
        "evaluate: expected a model with %s of the task %s, got %s; name one that was trained for it with -m"
            .formatted(expected, task.name(), got));
  }
}
