package io.lexiscope.train;

import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.Split;
import java.util.ArrayList;
import java.util.stream.IntStream;

/// Batches of running text: documents joined by the end-of-text token and cut to rows without
/// padding. Row r takes documents from number `r · DOCUMENTS_PER_ROW` on, so that it needs no other
/// row to be known.
///
/// Batches take turns between rows of the full length, twice as many of half of it and four times
/// as many of a quarter: in short rows most tokens belong to a document that nothing stands before,
/// which is how prompts are, and what copying names is learned from first; long rows train the late
/// positions.
///
/// @param task where the documents come from
/// @param tokenizer splits them
/// @param rows rows of a batch of full length
/// @param length tokens the network reads in a row of full length
record CorpusStream(CorpusTask task, Tokenizer tokenizer, int rows, int length)
    implements BatchStream {
  /// More documents than a row can hold.
  static final long DOCUMENTS_PER_ROW = 1L << 12;

  /// Lengths that take turns.
  private static final int TURNS = 3;

  @Override
  public Batch batch(long index) {
    int shorter = 1 << (index % TURNS);
    int full = Math.max(1, length / shorter);
    int count = rows * shorter;
    var inputs = new ArrayList<TokenIds>();
    var targets = IntStream.builder();
    for (int row = 0; row < count; row++) {
      int[] tokens = tokens(index * (rows << (TURNS - 1)) + row, full);
      TokenIds ids = TokenIds.of(tokens);
      inputs.add(ids.slice(0, full));
      for (int position = 1; position <= full; position++) {
        targets.add(tokens[position]);
      }
    }
    return new Batch.NextTokens(
        new TokenBatch(inputs, /* padding= */ 0),
        TokenIds.of(IntStream.range(0, count * full).toArray()),
        TokenIds.of(targets.build().toArray()));
  }

  private int[] tokens(long row, int full) {
    int[] tokens = new int[full + 1];
    int end = tokenizer.idOf(CorpusTask.END_OF_TEXT);
    int filled = 0;
    for (long document = 0; filled <= full; document++) {
      String text = task.document(Split.TRAIN, row * DOCUMENTS_PER_ROW + document);
      int[] ids = tokenizer.encodeWithoutSpecial(text).ids().toArray();
      int taken = Math.min(ids.length, tokens.length - filled);
      System.arraycopy(ids, 0, tokens, filled, taken);
      filled += taken;
      if (filled <= full) {
        tokens[filled++] = end;
      }
    }
    return tokens;
  }
}
