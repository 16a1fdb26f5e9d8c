package io.lexiscope.model.forward;

import io.lexiscope.model.hook.PassExtent;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.util.List;

/// Token sequences of one or several prompts, padded on the right to a common length.
///
/// @param sequences the prompts, none of them empty
/// @param padding the id that fills shorter rows; its activations mean nothing
public record TokenBatch(List<TokenIds> sequences, int padding) implements PassStart {

  /// Copies the list and checks it.
  ///
  /// @throws ForwardException if there is no sequence, or an empty one
  public TokenBatch {
    sequences = List.copyOf(sequences);
    if (sequences.isEmpty() || sequences.stream().anyMatch(TokenIds::isEmpty)) {
      throw new ForwardException(
          "prompt: expected at least one token, got none; give a text or token ids");
    }
  }

  /// One prompt.
  public static TokenBatch of(TokenIds ids) {
    return new TokenBatch(List.of(ids), /* padding= */ 0);
  }

  /// Number of prompts.
  public int size() {
    return sequences.size();
  }

  /// Length of the longest prompt.
  public int length() {
    return sequences.stream().mapToInt(TokenIds::size).max().orElseThrow();
  }

  @Override
  public int layer() {
    return 0;
  }

  @Override
  public PassExtent extent(int past) {
    return new PassExtent(past, sequences.stream().map(TokenIds::size).toList());
  }

  /// Throws unless every id is a row of the embedding.
  ///
  /// @param vocabulary rows of the embedding
  /// @throws ForwardException naming the first id that is not
  public void requireWithin(int vocabulary) {
    for (TokenIds sequence : sequences) {
      for (int position = 0; position < sequence.size(); position++) {
        if (sequence.get(position) >= vocabulary) {
          throw new ForwardException(
              "prompt: expected token ids from 0 to %d, got %d at position %d"
                  .formatted(vocabulary - 1, sequence.get(position), position));
        }
      }
    }
  }

  /// The ids, INT64 [batch, pos].
  Tensor toTensor() {
    int length = length();
    long[] ids = new long[size() * length];
    java.util.Arrays.fill(ids, padding);
    for (int row = 0; row < size(); row++) {
      long[] line = sequences.get(row).toLongs();
      System.arraycopy(line, 0, ids, row * length, line.length);
    }
    return Tensors.ofLongs(ids, Shape.of(size(), length));
  }
}
