package io.lexiscope.model.place;

/// One attention head of one layer.
///
/// @param layer from 0
/// @param head from 0
public record HeadName(int layer, int head) implements Place {
  /// Reads a head in every spelling of [Place], and a pair such as `2.1`, as papers write heads.
  ///
  /// @throws PlaceException if it reads as none
  public static HeadName parse(String name) {
    return PlaceText.of(
        PlaceKind.HEAD,
        HeadName.class,
        pair -> new HeadName(PlaceText.number(pair, 1), PlaceText.number(pair, 2)),
        name);
  }

  @Override
  public PlaceKind kind() {
    return PlaceKind.HEAD;
  }

  @Override
  public String toString() {
    return "L" + layer + "H" + head;
  }
}
