package io.lexiscope.analysis.attention;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// One row of W_O and how much of it a head used: a neuron of attention.
///
/// @param index within the head, from 0
/// @param coefficient the head's number there
/// @param norm length of the row, times the coefficient's absolute value
/// @param top the row in words, in the direction in which it was used
public record OutputRow(int index, double coefficient, double norm, List<TokenReading> top) {
  /// Copies the list.
  public OutputRow {
    top = List.copyOf(top);
  }
}
