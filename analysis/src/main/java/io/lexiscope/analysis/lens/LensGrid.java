package io.lexiscope.analysis.lens;

import io.lexiscope.model.place.HookPoint;

/// Readings of one hook point over layers and positions.
///
/// @param at the hook point
/// @param layers how many layers; 1 for a point outside the blocks
/// @param positions how many positions
/// @param readings by layer, then position, then head
public record LensGrid(HookPoint at, int layers, int positions, LensReadings readings) {

  /// How vectors became logits.
  public LensConvention convention() {
    return readings.convention();
  }

  /// The reading of a layer and position.
  ///
  /// @param layer from 0, or negative from the last; 0 for a point outside the blocks
  /// @param position from 0, or negative from the end
  /// @throws LensException if there is no such layer or position, or there is one reading for each
  ///   head
  public LensReading cell(int layer, int position) {
    if (heads() != 1) {
      throw new LensException(
          "grid: expected a head from 0 to %d, got none at %s; use cell(layer, position, head)"
              .formatted(heads() - 1, at.template()));
    }
    return cell(layer, position, 0);
  }

  /// The reading of a head.
  ///
  /// @param layer from 0, or negative from the last
  /// @param position from 0, or negative from the end
  /// @param head from 0
  /// @throws LensException if there is no such layer, position or head
  public LensReading cell(int layer, int position, int head) {
    int row = Indices.require("layer", layer, layers);
    int column = Indices.require("position", position, positions);
    int depth = Indices.require("head", head, heads());
    return readings.list().get((row * positions + column) * heads() + depth);
  }

  /// How many readings each layer and position has: one, or one for each head.
  public int heads() {
    return readings.list().size() / (layers * positions);
  }
}
