package io.lexiscope.workbench.flow;

/// What a graph selects, and how wide it draws it.
public enum FlowMode {
  /// What the prediction draws on, by cumulative influence; everything sums.
  INFLUENCE,
  /// Blocks at one position as Katz and Belinkov 2023 publish them: their selection, widths and
  /// colours.
  VISIT
}
