package io.lexiscope.tensor;

import java.util.OptionalLong;

/// A named axis of an expected shape, for messages such as `[pos, d_model=768]`.
///
/// @param name the field's term: batch, pos, head, query_pos, key_pos, d_model, d_head, d_mlp,
///   vocabulary
/// @param extent the expected extent; empty where any fits
public record Axis(String name, OptionalLong extent) {

  /// An axis of a known extent.
  public static Axis of(String name, long extent) {
    return new Axis(name, OptionalLong.of(extent));
  }

  /// An axis whose extent is free.
  public static Axis any(String name) {
    return new Axis(name, OptionalLong.empty());
  }

  boolean fits(long actual) {
    return extent.isEmpty() || extent.getAsLong() == actual;
  }

  @Override
  public String toString() {
    return extent.isEmpty() ? name : name + "=" + extent.getAsLong();
  }
}
