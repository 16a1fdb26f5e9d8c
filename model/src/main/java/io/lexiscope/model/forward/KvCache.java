package io.lexiscope.model.forward;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/// Keys and values of the positions already run, so that a next token costs one row. Confined to
/// one generation.
public final class KvCache implements AutoCloseable {
  private final TensorScope scope;
  private final List<Tensor> keys = new ArrayList<>();
  private final List<Tensor> values = new ArrayList<>();
  private final int capacity;
  private int length;

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  private KvCache(int capacity) {
    this.capacity = capacity;
    this.scope = TensorScope.open();
  }

  /// An empty cache.
  ///
  /// @param transformer the model it is for
  /// @param batch number of sequences
  /// @param capacity most positions it can hold
  @MustBeClosed
  public static KvCache create(Transformer transformer, int batch, int capacity) {
    KvCache cache = new KvCache(capacity);
    var heads = transformer.architecture().block().attention().heads();
    Shape shape = Shape.of(batch, heads.kvHeads(), capacity, heads.dHead());
    cache.scope.run(
        () -> {
          for (int layer = 0; layer < transformer.architecture().layers(); layer++) {
            cache.keys.add(empty(shape, transformer.compute()));
            cache.values.add(empty(shape, transformer.compute()));
          }
        });
    return cache;
  }

  /// Zeros in the type and on the device of passes.
  static Tensor empty(Shape shape, Compute compute) {
    return TensorScope.tidy(() -> Tensors.zeros(shape, compute.type()).to(compute.device()));
  }

  /// A cache in which each of several sequences continues what this one's only sequence holds.
  ///
  /// @param batch number of sequences of the new cache
  /// @param newCapacity most positions the new cache can hold
  @MustBeClosed
  public KvCache spread(int batch, int newCapacity) {
    KvCache cache = new KvCache(newCapacity);
    cache.scope.run(
        () -> {
          keys.forEach(store -> cache.keys.add(spread(store, batch, newCapacity)));
          values.forEach(store -> cache.values.add(spread(store, batch, newCapacity)));
        });
    cache.length = length;
    return cache;
  }

  private Tensor spread(Tensor store, int batch, int newCapacity) {
    return TensorScope.tidy(
        () -> {
          long heads = store.size(1);
          Shape shape = Shape.of(batch, heads, newCapacity, store.size(3));
          Tensor wide = empty(shape, new Compute(store.dtype(), store.device()));
          wide.narrow(2, 0, length)
              .copyInPlace(store.narrow(2, 0, length).expand(batch, -1, -1, -1));
          return wide;
        });
  }

  /// Number of positions held.
  public int length() {
    return length;
  }

  /// Most positions it can hold.
  public int capacity() {
    return capacity;
  }

  /// Forgets all positions from `length` on.
  public void truncate(int newLength) {
    length = Math.min(length, newLength);
  }

  /// Rearranges the sequences: row i continues what was row `rows[i]`. For beam search.
  public void reorder(long... rows) {
    TensorScope.tidyRun(
        () -> {
          Tensor order = Tensors.ofLongs(rows).to(keys.getFirst().device());
          keys.forEach(tensor -> tensor.copyInPlace(tensor.indexSelect(0, order)));
          values.forEach(tensor -> tensor.copyInPlace(tensor.indexSelect(0, order)));
        });
  }

  /// Writes new keys and gives back all of the layer, [batch, kv_head, key_pos, d_head].
  Tensor extendKeys(int layer, Tensor fresh) {
    return extend(keys.get(layer), fresh);
  }

  /// Writes new values and gives back all of the layer, [batch, kv_head, key_pos, d_head].
  Tensor extendValues(int layer, Tensor fresh) {
    return extend(values.get(layer), fresh);
  }

  private Tensor extend(Tensor store, Tensor fresh) {
    store.narrow(2, length, fresh.size(2)).copyInPlace(fresh);
    return store.narrow(2, 0, length + fresh.size(2));
  }

  /// Counts the positions that every layer has now written.
  void advance(int positions) {
    length += positions;
  }

  @Override
  public void close() {
    scope.close();
  }
}
