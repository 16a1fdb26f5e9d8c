package io.lexiscope.model.hook;

import java.util.Collections;
import java.util.List;

/// Which positions a pass runs.
///
/// @param past number of positions before the pass's first, the same for every row
/// @param lengths how many positions of the pass are each row's own; what follows is padding
public record PassExtent(int past, List<Integer> lengths) {

  /// Copies the list.
  public PassExtent {
    lengths = List.copyOf(lengths);
  }

  /// Rows of one length.
  public static PassExtent of(int past, int rows, int length) {
    return new PassExtent(past, Collections.nCopies(rows, length));
  }

  /// Number of rows.
  public int rows() {
    return lengths.size();
  }

  /// Positions of the longest row.
  public int length() {
    return Collections.max(lengths);
  }

  /// Whether a row is shorter than the others.
  public boolean ragged() {
    return Collections.min(lengths) < length();
  }
}
