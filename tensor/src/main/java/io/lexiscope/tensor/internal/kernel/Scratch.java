package io.lexiscope.tensor.internal.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/// Memory that a thread works in; it grows to what was asked for and is used again.
final class Scratch {
  private static final long ALIGNMENT = 4096;

  private final Map<Area, MemorySegment> areas = new EnumMap<>(Area.class);

  /// What an area is for.
  enum Area {
    /// Rows of x, turned round.
    ROWS,
    /// Weights, widened.
    WEIGHTS,
    /// Results before they go to their place.
    TILE,
    /// Scales of a block.
    SCALES
  }

  /// Address of an area of at least so many floats; its contents are whatever was left there.
  long floats(Area area, long count) {
    MemorySegment known = areas.get(area);
    if (known == null || known.byteSize() < 4 * count) {
      // Freed when the scratch is: an automatic arena.
      known = Arena.ofAuto().allocate(4 * Math.max(count, 1024), ALIGNMENT);
      areas.put(area, known);
    }
    return known.address();
  }
}
