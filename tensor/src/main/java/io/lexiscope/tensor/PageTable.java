package io.lexiscope.tensor;

import io.lexiscope.tensor.internal.kernel.Keys;
import java.util.Arrays;
import java.util.BitSet;

/// Which pages of a store hold the positions of each sequence. Sequences share pages: rearranging
/// them moves numbers of pages, and a page is copied when one of those that share it writes to it.
///
/// A row prefers pages of its own in rising order, so that sequences that share nothing lie as one
/// array each. Confined to one thread.
///
/// @see <a href="https://arxiv.org/abs/2309.06180">Kwon et al. 2023, §4.3, copy on write</a>
public final class PageTable {
  /// Positions of a page.
  static final int PAGE = 16;

  private static final int NONE = -1;

  private final int pagesOfRow;
  private final int[] holders;
  private final BitSet taken = new BitSet();
  private int[][] pages;

  /// How the kernels read it.
  private final Keys.Pages forKernels =
      new Keys.Pages() {
        @Override
        public int size() {
          return PAGE;
        }

        @Override
        public int slot(int row, int page) {
          return pages[row][page] * PAGE;
        }
      };

  /// Copies a page of every store.
  @FunctionalInterface
  public interface Copy {
    /// Copies `positions` slots from slot `from` on to slot `to` on.
    void run(int from, int to, int positions);
  }

  /// An empty table.
  ///
  /// @param rows sequences to begin with
  /// @param mostRows sequences there may ever be
  /// @param capacity most positions of a sequence
  public PageTable(int rows, int mostRows, int capacity) {
    this.pagesOfRow = (capacity + PAGE - 1) / PAGE;
    this.holders = new int[pagesOfRow * mostRows];
    this.pages = new int[rows][pagesOfRow];
    for (int[] row : pages) {
      Arrays.fill(row, NONE);
    }
  }

  /// Number of sequences.
  public int rows() {
    return pages.length;
  }

  /// Slots that a store needs: one for each position that the sequences could hold without sharing.
  /// Memory is taken as they are written.
  public int slots() {
    return holders.length * PAGE;
  }

  /// Positions that pages in use could hold; those that sequences share count once.
  public int slotsInUse() {
    return taken.cardinality() * PAGE;
  }

  Keys.Pages forKernels() {
    return forKernels;
  }

  /// Slot of a position.
  int slotOf(int row, int position) {
    return pages[row][position / PAGE] * PAGE + position % PAGE;
  }

  /// Slots of the first `length` positions of every row, row by row.
  long[] slotsOf(int length) {
    long[] slots = new long[pages.length * length];
    for (int row = 0; row < pages.length; row++) {
      for (int position = 0; position < length; position++) {
        slots[row * length + position] = slotOf(row, position);
      }
    }
    return slots;
  }

  /// Whether the first `length` positions of every row lie as one array of [rows, slots of a row].
  boolean inOrder(int length) {
    for (int row = 0; row < pages.length; row++) {
      for (int page = 0; page * PAGE < length; page++) {
        if (pages[row][page] != home(row, page)) {
          return false;
        }
      }
    }
    return true;
  }

  /// Slots of one row's own pages.
  int slotsOfRow() {
    return pagesOfRow * PAGE;
  }

  private int home(int row, int page) {
    return row * pagesOfRow + page;
  }

  /// Rearranges the sequences: row i continues what was row `rows[i]`. There may be more of them
  /// than before.
  ///
  /// @throws TensorException if there are more than the table was made for
  public void reorder(int... rows) {
    if (rows.length * pagesOfRow > holders.length) {
      throw new TensorException(
          "reorder: expected at most "
              + holders.length / pagesOfRow
              + " sequences, got "
              + rows.length);
    }
    int[][] next = new int[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      next[row] = pages[rows[row]].clone();
      for (int page : next[row]) {
        hold(page, 1);
      }
    }
    for (int[] row : pages) {
      for (int page : row) {
        hold(page, -1);
      }
    }
    pages = next;
  }

  private void hold(int page, int more) {
    if (page != NONE) {
      holders[page] += more;
      taken.set(page, holders[page] > 0);
    }
  }

  /// Makes sure that every row may write positions `from … end−1` without another row seeing it.
  ///
  /// @param copy called for each page that was shared, for the positions before `from`
  public void claim(int from, int end, Copy copy) {
    for (int row = 0; row < pages.length; row++) {
      for (int page = from / PAGE; page * PAGE < end; page++) {
        int known = pages[row][page];
        if (known != NONE && holders[known] == 1) {
          continue;
        }
        int fresh = free(row, page);
        hold(fresh, 1);
        pages[row][page] = fresh;
        if (known != NONE) {
          int kept = Math.clamp((long) from - (long) page * PAGE, 0, PAGE);
          if (kept > 0) {
            copy.run(known * PAGE, fresh * PAGE, kept);
          }
          hold(known, -1);
        }
      }
    }
  }

  /// As many pages as positions of all rows without sharing: one is always free.
  private int free(int row, int page) {
    int home = home(row, page);
    return taken.get(home) ? taken.nextClearBit(0) : home;
  }

  /// Lets go of the pages behind the first `length` positions.
  public void truncate(int length) {
    for (int[] row : pages) {
      for (int page = (length + PAGE - 1) / PAGE; page < pagesOfRow; page++) {
        hold(row[page], -1);
        row[page] = NONE;
      }
    }
  }
}
