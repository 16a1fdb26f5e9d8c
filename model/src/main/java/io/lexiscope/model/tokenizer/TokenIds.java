package io.lexiscope.model.tokenizer;

import io.lexiscope.model.place.Position;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An immutable sequence of token ids.
public final class TokenIds {
  private final int[] ids;

  private TokenIds(int[] ids) {
    for (int id : ids) {
      if (id < 0) {
        throw new TokenizerException("tokenIds: expected ids of 0 or more, got " + id);
      }
    }
    this.ids = ids;
  }

  /// The given ids, copied.
  ///
  /// @throws TokenizerException if one is negative
  public static TokenIds of(int... ids) {
    return new TokenIds(ids.clone());
  }

  /// The given ids, copied.
  ///
  /// @throws TokenizerException if one is negative
  public static TokenIds of(Collection<Integer> ids) {
    return new TokenIds(ids.stream().mapToInt(Integer::intValue).toArray());
  }

  /// How many ids there are.
  public int size() {
    return ids.length;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return ids.length == 0;
  }

  /// The id at a position.
  ///
  /// @param position from 0, or from the end when negative (−1 is the last)
  /// @throws TokenizerException if there is no such position
  public int get(int position) {
    int index = Position.from0(position, ids.length);
    if (index < 0 || index >= ids.length) {
      throw new TokenizerException(
          "tokenIds: expected a position from %d to %d, got %d"
              .formatted(-ids.length, ids.length - 1, position));
    }
    return ids[index];
  }

  /// The ids from `from` (inclusive) to `to` (exclusive).
  public TokenIds slice(int from, int to) {
    return new TokenIds(Arrays.copyOfRange(ids, from, to));
  }

  /// These ids followed by more.
  public TokenIds plus(int... more) {
    int[] all = Arrays.copyOf(ids, ids.length + more.length);
    System.arraycopy(more, 0, all, ids.length, more.length);
    return new TokenIds(all);
  }

  /// These ids followed by others.
  public TokenIds plus(TokenIds more) {
    return plus(more.ids);
  }

  /// The ids in order.
  public IntStream stream() {
    return Arrays.stream(ids);
  }

  /// A copy as an array of `int`.
  public int[] toArray() {
    return ids.clone();
  }

  /// A copy as an array of `long`, as tensors of indices want it.
  public long[] toLongs() {
    return stream().asLongStream().toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return stream().mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
