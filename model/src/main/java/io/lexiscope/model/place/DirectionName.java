package io.lexiscope.model.place;

/// A right singular direction of a head's `W_V·W_O`, as long as its singular value. Its sign is
/// free.
///
/// @param head the head
/// @param direction 0 for the largest singular value
public record DirectionName(HeadName head, int direction) implements VectorName {
  @Override
  public int layer() {
    return head.layer();
  }

  @Override
  public HookName at() {
    return HookPoint.RESULT.at(layer());
  }

  @Override
  public PlaceKind kind() {
    return PlaceKind.HEAD_DIRECTION;
  }

  @Override
  public String toString() {
    return head + "D" + direction;
  }
}
