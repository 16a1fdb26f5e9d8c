package io.lexiscope.model.forward;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.KeyValueStore;
import io.lexiscope.tensor.PageTable;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.option.Sight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Keys and values of the positions already run, so that a next token costs one row.
///
/// They lie in pages that sequences share: continuations of one prompt hold its keys and values
/// once, and [#reorder] copies none. What is written stays where it is. Confined to one generation.
public final class KvCache implements AutoCloseable {
  private final TensorScope scope;
  private final List<KeyValueStore> layers = new ArrayList<>();
  private final PageTable pages;
  private final int bytesOfSlot;
  private final int capacity;

  /// The tokens of each sequence, as far as they were run.
  private List<TokenIds> read;

  private int length;

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  private KvCache(Transformer transformer, PageTable pages, int capacity) {
    this.capacity = capacity;
    this.pages = pages;
    this.read = Collections.nCopies(pages.rows(), TokenIds.of());
    this.scope = TensorScope.open();
    var heads = transformer.architecture().block().attention().heads();
    Compute compute = transformer.compute();
    int count = transformer.architecture().layers();
    this.bytesOfSlot = 2 * count * heads.keyWidth() * compute.type().bytes();
    scope.run(
        () -> {
          for (int layer = 0; layer < count; layer++) {
            layers.add(
                new KeyValueStore(
                    pages, heads.kvHeads(), heads.dHead(), compute.type(), compute.device()));
          }
        });
  }

  /// An empty cache.
  ///
  /// @param transformer the model it is for
  /// @param batch number of sequences
  /// @param capacity most positions it can hold
  @MustBeClosed
  public static KvCache create(Transformer transformer, int batch, int capacity) {
    return new KvCache(transformer, new PageTable(batch, batch, capacity), capacity);
  }

  /// An empty cache of one sequence that [#reorder] may make several of.
  ///
  /// @param transformer the model it is for
  /// @param most how many at most
  /// @param capacity most positions it can hold
  @MustBeClosed
  public static KvCache branching(Transformer transformer, int most, int capacity) {
    return new KvCache(transformer, new PageTable(/* rows= */ 1, most, capacity), capacity);
  }

  /// Zeros in the type and on the device of passes.
  static Tensor empty(Shape shape, Compute compute) {
    return TensorScope.tidy(() -> Tensors.zeros(shape, compute.type()).to(compute.device()));
  }

  /// Number of positions held.
  public int length() {
    return length;
  }

  /// Most positions it can hold.
  public int capacity() {
    return capacity;
  }

  /// Number of sequences.
  public int sequences() {
    return pages.rows();
  }

  /// Bytes of the pages that hold keys and values; what sequences share counts once.
  public long bytesInUse() {
    return (long) pages.slotsInUse() * bytesOfSlot;
  }

  /// Forgets all positions from `length` on.
  public void truncate(int newLength) {
    length = Math.min(length, newLength);
    pages.truncate(length);
    read = read.stream().map(ids -> ids.slice(0, Math.min(length, ids.size()))).toList();
  }

  /// Goes on from a position without forgetting what lies behind it: for layers that hold different
  /// numbers of positions.
  void moveTo(int position) {
    length = position;
  }

  /// Rearranges the sequences: row i continues what was row `rows[i]`. There may be more of them
  /// than before, up to the number the cache was made for. Copies no keys or values.
  public void reorder(int... rows) {
    pages.reorder(rows);
    read = IntStream.of(rows).mapToObj(read::get).toList();
  }

  /// Lets every sequence continue the only one.
  ///
  /// @param count number of sequences
  public void branch(int count) {
    reorder(IntStream.range(0, count).map(row -> 0).toArray());
  }

  /// Makes room for new positions, once before the layers write them.
  void claim(int positions) {
    pages.claim(
        length,
        length + positions,
        (from, to, count) -> layers.forEach(store -> store.copy(from, to, count)));
  }

  /// Writes new keys and values of a layer, [batch, pos, kv_head, d_head].
  void write(int layer, Tensor k, Tensor v) {
    layers.get(layer).write(k, v, length);
  }

  /// Attention of new positions over all, by the kernels, as [io.lexiscope.tensor.Nn#attend].
  ///
  /// @param q [batch, pos, head, d_head]
  Optional<Tensor> attend(int layer, Tensor q, Sight sight) {
    return layers.get(layer).attend(q, length + Math.toIntExact(q.size(1)), sight);
  }

  /// Keys of the positions before and `fresh` new ones, [batch, pos, kv_head, d_head].
  Tensor keys(int layer, int fresh) {
    return layers.get(layer).keys(length + fresh);
  }

  /// Values likewise.
  Tensor values(int layer, int fresh) {
    return layers.get(layer).values(length + fresh);
  }

  /// Counts the positions that every layer has now written.
  void advance(TokenBatch batch) {
    List<TokenIds> before = read;
    read =
        IntStream.range(0, before.size())
            .mapToObj(row -> before.get(row).plus(batch.sequences().get(row)))
            .toList();
    length += batch.length();
  }

  /// Says what the only sequence's tokens are, where layers have written them one by one.
  void remember(TokenIds tokens) {
    read = List.of(tokens);
  }

  /// Forgets everything, and what it held together with more tokens.
  TokenBatch forgetAnd(TokenBatch more) {
    List<TokenIds> before = read;
    truncate(0);
    return new TokenBatch(
        IntStream.range(0, before.size())
            .mapToObj(row -> before.get(row).plus(more.sequences().get(row)))
            .toList(),
        more.padding());
  }

  @Override
  public void close() {
    scope.close();
  }
}
