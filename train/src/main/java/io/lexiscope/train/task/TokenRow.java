package io.lexiscope.train.task;

import java.util.Arrays;
import java.util.stream.IntStream;

/// An immutable row of token ids.
public final class TokenRow {
  private final int[] ids;

  private TokenRow(int[] ids) {
    this.ids = ids;
  }

  /// Returns a row of these ids; the array is copied.
  public static TokenRow of(int... ids) {
    return new TokenRow(ids.clone());
  }

  /// Returns the number of tokens.
  public int size() {
    return ids.length;
  }

  /// Returns the id at a position.
  public int id(int position) {
    return ids[position];
  }

  /// Returns the ids as a stream.
  public IntStream stream() {
    return Arrays.stream(ids);
  }

  /// Returns a copy of the ids.
  public int[] toArray() {
    return ids.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenRow row && Arrays.equals(ids, row.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
