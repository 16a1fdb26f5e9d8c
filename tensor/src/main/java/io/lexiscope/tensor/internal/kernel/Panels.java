package io.lexiscope.tensor.internal.kernel;

/// Some rows of x turned round: panels of two vectors, the last of them of one where few are left.
///
/// @param address of the first panel
/// @param rows rows that count; the rest of the last panel is zeros
/// @param in length of a row
record Panels(long address, int rows, int in) {

  /// Floats that so many rows take.
  static long floats(int rows, int in) {
    return (long) (rows + RowLanes.PANEL) * in;
  }

  /// Number of panels, the last of which may be of one vector.
  int count() {
    return (rows + RowLanes.PANEL - 1) / RowLanes.PANEL;
  }

  /// Floats in a line of a panel.
  int width(int panel) {
    return rows - panel * RowLanes.PANEL <= Lanes.COUNT ? Lanes.COUNT : RowLanes.PANEL;
  }

  /// Address of a panel, [in][width].
  long panel(int index) {
    return address + 4L * index * RowLanes.PANEL * in;
  }

  /// Turns the rows of one panel.
  ///
  /// @param x where row 0 of the panels is row `first`
  void turn(Matrix x, int first, int index) {
    int row = index * RowLanes.PANEL;
    RowLanes.turn(
        x.row((long) first + row),
        Math.min(width(index), rows - row),
        in,
        width(index),
        panel(index));
  }

  /// Outputs that are computed together.
  int outputs() {
    return rows <= Lanes.COUNT ? RowLanes.OUTPUTS_OF_ONE : RowLanes.OUTPUTS;
  }

  /// Computes [#outputs] outputs of a panel's rows.
  ///
  /// @param w floats, [outputs, in]
  /// @param tile where they go, a line of [#width] floats for each output
  /// @param step bytes from line to line
  void product(int index, long w, long tile, long step) {
    if (width(index) == RowLanes.PANEL) {
      RowLanes.two(panel(index), w, in, tile, step);
    } else if (rows <= Lanes.COUNT) {
      RowLanes.one(panel(index), w, in, tile, step);
    } else {
      RowLanes.fewer(panel(index), w, in, tile, step);
    }
  }
}
