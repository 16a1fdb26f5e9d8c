package io.lexiscope.analysis.patching;

import io.lexiscope.base.Estimate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What patches do, cell by cell.
///
/// @param layers block of each row
/// @param cells [layer, position] or [layer, head]: the metric with this cell patched, its mean
///   over pairs with an interval; null where the position stands for none of the other prompt
/// @param clean the metric of clean runs
/// @param corrupt the metric of corrupt runs
/// @param alignment how the positions of a single pair were aligned
public record PatchGrid(
    List<Integer> layers,
    List<List<@Nullable Estimate>> cells,
    Estimate clean,
    Estimate corrupt,
    TokenAlignment alignment) {

  /// Copies the lists.
  public PatchGrid {
    layers = List.copyOf(layers);
    List<List<@Nullable Estimate>> copy = new ArrayList<>();
    cells.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
    cells = Collections.unmodifiableList(copy);
  }

  /// The cells by how far they move the changed run towards the other, furthest first.
  ///
  /// @param changed the metric of the run that is changed, unpatched
  /// @param other the metric of the other run
  public List<Cell> furthest(double changed, double other) {
    List<Cell> all = new ArrayList<>();
    for (int row = 0; row < cells.size(); row++) {
      for (int column = 0; column < cells.get(row).size(); column++) {
        Estimate cell = cells.get(row).get(column);
        if (cell != null) {
          double share = (cell.value() - changed) / (other - changed);
          all.add(new Cell(layers.get(row), column, cell.value(), share));
        }
      }
    }
    all.sort(Comparator.comparingDouble(cell -> -cell.share()));
    return all;
  }

  /// One cell.
  ///
  /// @param layer its block
  /// @param column its position or head
  /// @param value the metric with it patched
  /// @param share of the way from the changed run's metric to the other's; not finite where there
  ///   is no way
  public record Cell(int layer, int column, double value, double share) {}
}
