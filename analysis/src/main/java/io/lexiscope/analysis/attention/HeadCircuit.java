package io.lexiscope.analysis.attention;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// One direction of a circuit of a head: what goes in and what comes out, in words. The sign of a
/// pair is free; both turned around is the same direction.
///
/// @param strength singular value
/// @param from what it reads
/// @param to what it writes, or is matched with
public record HeadCircuit(double strength, List<TokenReading> from, List<TokenReading> to) {
  /// Copies the lists.
  public HeadCircuit {
    from = List.copyOf(from);
    to = List.copyOf(to);
  }
}
