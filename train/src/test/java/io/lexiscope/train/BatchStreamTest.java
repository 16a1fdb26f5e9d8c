package io.lexiscope.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.tokenizer.TokenizerJson;
import io.lexiscope.train.bpe.BpeOptions;
import io.lexiscope.train.bpe.BpeTrainer;
import io.lexiscope.train.microworld.MicroworldTask;
import io.lexiscope.train.task.AdditionTask;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.LossOn;
import io.lexiscope.train.task.Split;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchStreamTest {
  private static final AdditionTask ADDITION =
      new AdditionTask(/* seed= */ 7, /* digits= */ 2, LossOn.ANSWER);

  private static TokenizerJson tokenizer(CorpusTask task) {
    return BpeTrainer.train(
        LongStream.range(0, 200).mapToObj(i -> task.document(Split.TRAIN, i)),
        new BpeOptions(600, new TreeSet<>(), List.of(CorpusTask.END_OF_TEXT)));
  }

  @Test
  void onlyTheAnswerCounts() {
    var batch = (Batch.NextTokens) new SequenceStream(ADDITION, /* rows= */ 1).batch(3);
    String text = ADDITION.example(Split.TRAIN, 3).text();

    String answer = text.substring(text.indexOf('=') + 1);
    assertThat(batch.targets())
        .isEqualTo(TokenIds.of(AdditionTask.ALPHABET.encode(answer).toArray()));
    assertThat(batch.positions().get(0)).isEqualTo(text.indexOf('='));
    assertThat(batch.everywhere()).isFalse();
  }

  @Test
  void positionsOfLaterRowsCountThePaddedLength() {
    var batch = (Batch.NextTokens) new SequenceStream(ADDITION, /* rows= */ 8).batch(0);

    int length = batch.inputs().length();
    for (int i = 0; i < batch.positions().size(); i++) {
      int row = batch.positions().get(i) / length;
      int position = batch.positions().get(i) % length;
      String text = ADDITION.example(Split.TRAIN, row).text();
      assertThat(AdditionTask.ALPHABET.tokens().get(batch.targets().get(i)))
          .isEqualTo(text.substring(position + 1, position + 2));
    }
  }

  @Test
  void aBatchIsAFunctionOfItsNumber() {
    var stream = new SequenceStream(ADDITION, /* rows= */ 4);

    assertThat(stream.batch(5)).isEqualTo(stream.batch(5)).isNotEqualTo(stream.batch(6));
  }

  @Test
  void rowsOfTextAreFullAndTargetsAreTheNextTokens() {
    CorpusTask task = MicroworldTask.of(1);
    try (Tokenizer tokenizer = tokenizer(task).load()) {
      var stream = new CorpusStream(task, tokenizer, /* rows= */ 3, /* length= */ 40);

      var batch = (Batch.NextTokens) stream.batch(3);

      assertThat(batch.inputs().extent(/* past= */ 0).ragged()).isFalse();
      assertThat(batch.inputs().length()).isEqualTo(40);
      assertThat(batch.everywhere()).isTrue();
      assertThat(batch.targets().slice(0, 39))
          .isEqualTo(batch.inputs().sequences().get(0).slice(1, 40));
      assertThat(stream.batch(3)).isEqualTo(batch).isNotEqualTo(stream.batch(6));
    }
  }

  @Test
  void lengthsTakeTurns() {
    CorpusTask task = MicroworldTask.of(1);
    try (Tokenizer tokenizer = tokenizer(task).load()) {
      var stream = new CorpusStream(task, tokenizer, /* rows= */ 2, /* length= */ 40);

      for (int turn = 0; turn < 3; turn++) {
        assertThat(stream.batch(turn).inputs().length()).isEqualTo(40 >> turn);
        assertThat(stream.batch(turn).inputs().size()).isEqualTo(2 << turn);
      }
    }
  }

  @Test
  void documentsAreParted() {
    CorpusTask task = MicroworldTask.of(1);
    try (Tokenizer tokenizer = tokenizer(task).load()) {
      var batch =
          (Batch.NextTokens)
              new CorpusStream(task, tokenizer, /* rows= */ 1, /* length= */ 60).batch(0);

      String first = task.document(Split.TRAIN, 0) + CorpusTask.END_OF_TEXT;
      assertThat(tokenizer.decodeWithSpecial(batch.inputs().sequences().get(0)))
          .startsWith(first.substring(0, Math.min(first.length(), 60)));
    }
  }
}
