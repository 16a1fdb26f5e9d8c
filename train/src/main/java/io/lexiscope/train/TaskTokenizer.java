package io.lexiscope.train;

import io.lexiscope.model.tokenizer.TokenizerJson;
import io.lexiscope.train.bpe.BpeOptions;
import io.lexiscope.train.bpe.BpeTrainer;
import io.lexiscope.train.bpe.CharTokenizerJson;
import io.lexiscope.train.recipe.TaskRecipe;
import io.lexiscope.train.recipe.Tasks;
import io.lexiscope.train.task.Alphabet;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.SequenceTask;
import io.lexiscope.train.task.Split;
import io.lexiscope.train.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Makes the tokenizer of a task: its alphabet, or byte pairs learned from its documents.
final class TaskTokenizer {
  private static final int VOCABULARY = 4096;
  private static final int DOCUMENTS = 30_000;

  private TaskTokenizer() {}

  static TokenizerJson of(Task task, TaskRecipe recipe) {
    return switch (task) {
      case SequenceTask sequence -> characters(sequence.alphabet());
      case CorpusTask corpus ->
          BpeTrainer.train(
              LongStream.range(0, Tasks.number(recipe, "tokenizerDocuments", DOCUMENTS))
                  .mapToObj(index -> corpus.document(Split.TRAIN, index)),
              new BpeOptions(
                  Tasks.number(recipe, "vocabulary", VOCABULARY),
                  corpus.singleTokenWords(),
                  List.of(CorpusTask.END_OF_TEXT)));
    };
  }

  private static TokenizerJson characters(Alphabet alphabet) {
    Map<String, String> usual = Map.of("bos", "B", "eos", "E", "cls", "[CLS]");
    var roles = new HashMap<String, String>();
    roles.put("pad", alphabet.pad());
    usual.forEach(
        (role, token) -> {
          if (alphabet.tokens().contains(token)) {
            roles.put(role, token);
          }
        });
    return CharTokenizerJson.of(alphabet.tokens(), roles);
  }
}
