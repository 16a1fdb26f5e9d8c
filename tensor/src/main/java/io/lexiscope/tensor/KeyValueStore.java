package io.lexiscope.tensor;

import io.lexiscope.tensor.internal.kernel.KernelGroup;
import io.lexiscope.tensor.internal.kernel.Keys;
import io.lexiscope.tensor.internal.kernel.Products;
import io.lexiscope.tensor.internal.kernel.Strided;
import io.lexiscope.tensor.option.Sight;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Keys and values of one layer, in slots that a [PageTable] gives out.
///
/// Memory: both tensors belong to the scope that was innermost when the store was made; nothing of
/// them is touched before it is written.
public final class KeyValueStore {
  private final PageTable pages;
  private final Tensor keys;
  private final Tensor values;

  /// Empty slots.
  ///
  /// @param pages gives slots out, to every layer the same
  /// @param heads key and value heads
  /// @param dHead width of a head
  /// @param type FLOAT32 or BFLOAT16
  /// @param device where passes run
  public KeyValueStore(PageTable pages, int heads, int dHead, DType type, Device device) {
    this.pages = pages;
    Shape shape = Shape.of(pages.slots(), heads, dHead);
    this.keys = empty(shape, type, device);
    this.values = empty(shape, type, device);
  }

  private static Tensor empty(Shape shape, DType type, Device device) {
    return TensorScope.tidy(() -> Tensors.empty(shape, type).to(device));
  }

  /// Writes positions from `from` on. The table must have let every row claim them.
  ///
  /// @param k [batch, pos, kv_head, d_head]
  /// @param v likewise
  public void write(Tensor k, Tensor v, int from) {
    if (copied(keys, k, from) && copied(values, v, from)) {
      return;
    }
    TensorScope.tidyRun(
        () -> {
          int length = Math.toIntExact(k.size(1));
          for (int row = 0; row < pages.rows(); row++) {
            for (int next = 0, run; next < length; next += run) {
              run = Math.min(length - next, PageTable.PAGE - (from + next) % PageTable.PAGE);
              int slot = pages.slotOf(row, from + next);
              put(keys, slot, k.select(0, row).narrow(0, next, run));
              put(values, slot, v.select(0, row).narrow(0, next, run));
            }
          }
        });
  }

  private static void put(Tensor store, int slot, Tensor fresh) {
    store.narrow(0, slot, fresh.size(0)).copyInPlace(fresh);
  }

  /// The same without libtorch, where each position of `fresh` lies in one piece.
  private boolean copied(Tensor store, Tensor fresh, int from) {
    if (!InferenceRows.vectors(fresh) || store.dtype() != DType.FLOAT32) {
      return false;
    }
    Strided source = InferenceRows.strided(fresh);
    long bytes = 4 * fresh.size(3);
    if (source.head() != bytes && fresh.size(2) > 1) {
      return false;
    }
    long whole = bytes * fresh.size(2);
    MemorySegment target = store.memory();
    for (int row = 0; row < pages.rows(); row++) {
      for (int position = 0; position < fresh.size(1); position++) {
        long at = source.address() + row * source.batch() + position * source.position();
        MemorySegment.copy(
            view(at, whole), 0, target, whole * pages.slotOf(row, from + position), whole);
      }
    }
    return true;
  }

  @SuppressWarnings("restricted") // the extent comes from the tensor's own strides
  private static MemorySegment view(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /// Copies slots.
  public void copy(int from, int to, int count) {
    TensorScope.tidyRun(
        () -> {
          put(keys, to, keys.narrow(0, from, count));
          put(values, to, values.narrow(0, from, count));
        });
  }

  /// Attention over the first `length` positions by the kernels, which read the pages as they lie.
  ///
  /// @param q [batch, query_pos, head, d_head]
  /// @param sight which keys a query sees
  /// @return as [Nn#attend]
  public Optional<Tensor> attend(Tensor q, int length, Sight sight) {
    Products products = InferenceRows.products(KernelGroup.ofQueries(q.size(1)));
    if (products == null
        || keys.dtype() != DType.FLOAT32
        || keys.plainAddress() == 0
        || !InferenceRows.vectors(q)) {
      return Optional.empty();
    }
    Keys all = new Keys(slots(keys), slots(values), length, pages.forKernels());
    return Optional.of(
        InferenceRows.attention(products, q, all, Math.toIntExact(keys.size(1)), sight));
  }

  private static Strided slots(Tensor store) {
    long head = 4 * store.size(2);
    return new Strided(store.plainAddress(), /* batch= */ 0, head * store.size(1), head);
  }

  /// Keys of the first `length` positions, [batch, pos, kv_head, d_head]: a view where the
  /// sequences share nothing, else a copy.
  public Tensor keys(int length) {
    return inOrder(keys, length);
  }

  /// Values of the first `length` positions, likewise.
  public Tensor values(int length) {
    return inOrder(values, length);
  }

  private Tensor inOrder(Tensor store, int length) {
    return TensorScope.tidy(
        () -> {
          long rows = pages.rows();
          long heads = store.size(1);
          long dHead = store.size(2);
          if (pages.inOrder(length)) {
            Tensor used = store.narrow(0, 0, rows * pages.slotsOfRow());
            return used.reshape(rows, pages.slotsOfRow(), heads, dHead).narrow(1, 0, length);
          }
          Tensor slots = Tensors.ofLongs(pages.slotsOf(length)).to(store.device());
          return store.indexSelect(0, slots).reshape(rows, length, heads, dHead);
        });
  }
}
