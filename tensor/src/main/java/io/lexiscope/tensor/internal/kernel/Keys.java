package io.lexiscope.tensor.internal.kernel;

import org.jspecify.annotations.Nullable;

/// Keys and values of all positions that queries may see.
///
/// @param keys of the key heads
/// @param values likewise
/// @param length number of positions
/// @param pages where the positions of each row lie, or null where position p lies at p
public record Keys(Strided keys, Strided values, int length, @Nullable Pages pages) {

  /// Where positions lie.
  public interface Pages {
    /// Positions of a page.
    int size();

    /// The slot of the first position of a page, of a row of the batch.
    int slot(int row, int page);
  }

  /// Positions from `position` on that lie one after the other, at most to `end`.
  int run(int position, int end) {
    return pages == null ? end - position : Math.min(end - position, left(position));
  }

  private int left(int position) {
    int size = pages == null ? length : pages.size();
    return size - position % size;
  }

  long at(Strided where, int row, int position, int head) {
    if (pages == null) {
      return where.at(row, position, head);
    }
    int slot = pages.slot(row, position / pages.size()) + position % pages.size();
    return where.at(/* row= */ 0, slot, head);
  }
}
