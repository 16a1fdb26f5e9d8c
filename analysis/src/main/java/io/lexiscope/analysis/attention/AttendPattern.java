package io.lexiscope.analysis.attention;

import java.util.List;

/// A pattern of attention that somebody looks for, position by position.
///
/// @param rows one for each position that looks, with a weight of 0 or more for each position
///   looked at; square
public record AttendPattern(List<List<Double>> rows) {
  /// Copies and checks the rows.
  ///
  /// @throws AttentionException if it is empty, not square, or a weight is negative or not finite
  public AttendPattern {
    rows = rows.stream().map(List::copyOf).toList();
    int size = rows.size();
    if (size == 0) {
      throw new AttentionException(
          "heads: expected a pattern of at least one row, got none; give a square of weights");
    }
    for (int row = 0; row < size; row++) {
      if (rows.get(row).size() != size) {
        throw new AttentionException(
            "heads: expected a square pattern of %d columns, got %d in row %d; give a weight for every pair of positions"
                .formatted(size, rows.get(row).size(), row));
      }
      for (double weight : rows.get(row)) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
          throw new AttentionException(
              "heads: expected weights of 0 or more in a pattern, got %s in row %d; leave out what is not looked for as 0"
                  .formatted(weight, row));
        }
      }
    }
  }

  /// Positions of the prompts it is for.
  public int size() {
    return rows.size();
  }
}
