package io.lexiscope.train;

import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.train.task.RegressionExample;
import io.lexiscope.train.task.SequenceExample;
import io.lexiscope.train.task.SequenceTask;
import io.lexiscope.train.task.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Batches of a task's examples, each example a row.
///
/// @param task where the examples come from
/// @param rows examples in a batch
record SequenceStream(SequenceTask task, int rows) implements BatchStream {

  @Override
  public Batch batch(long index) {
    List<SequenceExample> sequences = new ArrayList<>();
    List<RegressionExample> regressions = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      switch (task.example(Split.TRAIN, index * rows + row)) {
        case SequenceExample sequence -> sequences.add(sequence);
        case RegressionExample regression -> regressions.add(regression);
      }
    }
    return regressions.isEmpty() ? nextTokens(sequences) : values(regressions);
  }

  private Batch nextTokens(List<SequenceExample> examples) {
    int length = examples.stream().mapToInt(e -> e.tokens().size() - 1).max().orElseThrow();
    var inputs = new ArrayList<TokenIds>();
    var positions = IntStream.builder();
    var targets = IntStream.builder();
    for (int row = 0; row < examples.size(); row++) {
      SequenceExample example = examples.get(row);
      TokenIds ids = TokenIds.of(example.tokens().toArray());
      inputs.add(ids.slice(0, ids.size() - 1));
      for (int position = 1; position < ids.size(); position++) {
        if (example.counts(position)) {
          positions.add(row * length + position - 1);
          targets.add(ids.get(position));
        }
      }
    }
    return new Batch.NextTokens(
        new TokenBatch(inputs, task.alphabet().padId()),
        TokenIds.of(positions.build().toArray()),
        TokenIds.of(targets.build().toArray()));
  }

  private Batch values(List<RegressionExample> examples) {
    List<TokenIds> inputs = examples.stream().map(e -> TokenIds.of(e.tokens().toArray())).toList();
    return new Batch.Values(
        new TokenBatch(inputs, task.alphabet().padId()),
        examples.stream().map(RegressionExample::target).toList());
  }
}
