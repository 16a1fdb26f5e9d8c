package io.lexiscope.model.place;

/// A right singular direction of a head's `W_V·W_O`.
///
/// @param head the head
/// @param direction 0 for the largest singular value
public record DirectionName(HeadName head, int direction) implements Place {
  @Override
  public PlaceKind kind() {
    return PlaceKind.HEAD_DIRECTION;
  }

  @Override
  public String toString() {
    return head + "D" + direction;
  }
}
