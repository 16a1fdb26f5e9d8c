package io.lexiscope.model.place;

/// One expert of a layer whose MLP has several.
///
/// @param layer from 0
/// @param expert from 0
public record ExpertName(int layer, int expert) implements Place {
  /// Reads an expert in every spelling of [Place], and a pair such as `3.5`.
  ///
  /// @throws PlaceException if it reads as none
  public static ExpertName parse(String name) {
    return PlaceText.of(
        PlaceKind.EXPERT,
        ExpertName.class,
        pair -> new ExpertName(PlaceText.number(pair, 1), PlaceText.number(pair, 2)),
        name);
  }

  @Override
  public PlaceKind kind() {
    return PlaceKind.EXPERT;
  }

  @Override
  public String toString() {
    return "L" + layer + "E" + expert;
  }
}
