package io.lexiscope.model.forward;

import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.PassExtent;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pass over one sequence that may be left after any block. The blocks after it do not run; a
/// position that goes deeper later finds there what [LateKeys] says.
///
/// ```
///  position   0 1 2 3 4
///  block 0    ■ ■ ■ ■ ■     ■ has run
///  block 1    ■ ■ ■ □ ►     □ left before: waits, and runs together with the first position
///  block 2    ■ □ □ □ ►     ► that comes this deep
/// ```
///
/// Blocks never hold more positions than those before them. Confined to one thread.
public final class LayeredPass implements AutoCloseable {
  private final Transformer transformer;
  private final LateKeys late;
  private final Hooks hooks;
  private final TensorScope scope;
  private final KvCache cache;

  /// Streams that wait before each layer, at their positions, [1, capacity, d_model]; one for all
  /// layers where they are copied.
  private final List<Tensor> waiting = new ArrayList<>();

  /// Number of positions whose keys and values each layer holds; never rises with the layer.
  private final int[] held;

  private int length;
  private TokenIds read = TokenIds.of();
  private @Nullable PassState state;
  private int stateRows;

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  LayeredPass(Transformer transformer, int capacity, LateKeys late, Hooks hooks) {
    this.transformer = transformer;
    this.late = late;
    this.hooks = hooks;
    int layers = transformer.architecture().layers();
    this.held = new int[layers];
    this.cache = KvCache.create(transformer, /* batch= */ 1, capacity);
    this.scope = TensorScope.open();
    Shape shape = Shape.of(1, capacity, transformer.architecture().dModel());
    scope.run(
        () -> {
          for (int store = 0; store < (late == LateKeys.EXACT ? layers : 1); store++) {
            waiting.add(KvCache.empty(shape, transformer.compute()));
          }
        });
  }

  /// The hooks of one call.
  @FunctionalInterface
  public interface Hooks {
    /// Hooks for positions from `past` on.
    ActiveHooks after(int past);
  }

  /// Asked after every block but the last, inside the pass's scope.
  @FunctionalInterface
  public interface AfterBlock {
    /// Whether to leave.
    ///
    /// @param layer the block that has just run
    /// @param stream residual stream of the last position after it, [1, 1, d_model]
    /// @param kept what the block's hooks recorded; its last row is the last position
    boolean leave(int layer, Tensor stream, ActiveHooks kept);
  }

  /// Where a call ended.
  ///
  /// @param layer the last block that ran
  /// @param stream residual stream of the last position after it, [1, 1, d_model], before the final
  ///   norm
  public record Reached(int layer, Tensor stream) implements TensorHolder {
    @Override
    public Stream<Tensor> tensors() {
      return Stream.of(stream);
    }
  }

  /// Number of positions read.
  public int length() {
    return length;
  }

  /// Number of positions whose keys and values a layer holds.
  public int held(int layer) {
    return held[layer];
  }

  /// Reads more tokens of the sequence. Where rotary angles depend on its length and change with
  /// these tokens, all before them are read again, and go as deep as they do.
  ///
  /// @param tokens the next ones
  /// @param asked may leave after a block, all tokens of this call together
  /// @throws ForwardException if an id is outside the vocabulary or there are more positions than
  ///   the context or the capacity
  public Reached run(TokenIds tokens, AfterBlock asked) {
    boolean anew =
        length > 0 && !transformer.architecture().sameAngles(length, length + tokens.size());
    TokenIds before = read;
    if (anew) {
      forget();
    }
    TokenBatch batch = TokenBatch.of(anew ? before.plus(tokens) : tokens);
    cache.moveTo(length);
    transformer.requireRunnable(batch, cache);
    TokenIds all = before.plus(tokens);
    return transformer.using(() -> TensorScope.tidy(() -> descend(batch, all, asked)));
  }

  private Reached descend(TokenBatch batch, TokenIds all, AfterBlock asked) {
    state = null; // its tables belong to the scope of an earlier call
    int first = length;
    ActiveHooks atEmbedding = hooks.after(first);
    atEmbedding.begin(batch.extent(first));
    Tensor stream = transformer.embedding().forward(transformer.ids(batch), first, atEmbedding);
    length += batch.length();
    read = all;
    return descend(stream, first, asked);
  }

  private void forget() {
    length = 0;
    Arrays.fill(held, 0);
    cache.truncate(0);
  }

  private Reached descend(Tensor embedded, int first, AfterBlock asked) {
    int last = held.length - 1;
    Rows rows = new Rows(embedded, first);
    for (int layer = 0; layer < last; layer++) {
      rows = through(layer, rows);
      Tensor lastRow = rows.last();
      if (asked.leave(layer, lastRow, state(rows).hooks())) {
        wait(layer + 1, rows);
        return new Reached(layer, lastRow);
      }
    }
    return new Reached(last, through(last, rows).last());
  }

  /// Runs what waits, so that every layer holds all positions.
  public void catchUp() {
    transformer.using(
        () -> {
          TensorScope.tidyRun(this::runWaiting);
          return null;
        });
  }

  private void runWaiting() {
    state = null;
    Rows rows = null;
    for (int layer = 0; layer < held.length; layer++) {
      if (held[layer] < length) {
        switch (late) {
          case EXACT -> rows = through(layer, withWaiting(layer, rows));
          case COPIED -> writeWaitingKeys(layer, length);
        }
      }
    }
  }

  /// Keys and values of all positions read, as a pass that does not leave would have them.
  KvCache caughtUp() {
    catchUp();
    cache.moveTo(length);
    cache.remember(read);
    return cache;
  }

  /// Consecutive positions up to the last.
  ///
  /// @param stream their residual stream, [1, pos, d_model]
  /// @param first the first of them
  private record Rows(Tensor stream, int first) {
    int count() {
      return Math.toIntExact(stream.size(1));
    }

    Tensor last() {
      return count() == 1 ? stream : stream.narrow(1, count() - 1L, 1);
    }
  }

  /// Runs one block over rows, with those that wait before it.
  private Rows through(int layer, Rows entering) {
    Rows rows = entering;
    if (held[layer] < entering.first()) {
      switch (late) {
        case EXACT -> rows = withWaiting(layer, entering);
        case COPIED -> writeWaitingKeys(layer, entering.first());
      }
    }
    PassState state = state(rows);
    Tensor stream = rows.stream();
    Tensor left =
        TensorScope.tidy(
            () ->
                new Transformer.Pass(
                    transformer.block(layer).forward(stream, state), state.hooks().activations()))
            .stream();
    held[layer] = length;
    return new Rows(left, rows.first());
  }

  private Rows withWaiting(int layer, @Nullable Rows rows) {
    int first = rows == null ? length : rows.first();
    if (held[layer] == first) {
      return Objects.requireNonNull(rows, "a layer that lacks positions has rows to run");
    }
    Tensor before = waiting.get(layer).narrow(1, held[layer], (long) first - held[layer]);
    Tensor all = rows == null ? before : Tensors.cat(List.of(before, rows.stream()), 1);
    return new Rows(all, held[layer]);
  }

  private void writeWaitingKeys(int layer, int until) {
    if (held[layer] < until) {
      Tensor left = waiting.getFirst().narrow(1, held[layer], (long) until - held[layer]);
      PassState state = state(new Rows(left, held[layer]));
      TensorScope.tidyRun(() -> transformer.block(layer).writeKeys(left, state));
      held[layer] = until;
    }
  }

  private void wait(int layer, Rows rows) {
    waiting
        .get(late == LateKeys.EXACT ? layer : 0)
        .narrow(1, rows.first(), rows.count())
        .copyInPlace(rows.stream());
  }

  /// What a block needs to know of the rows it runs; made anew where they change from block to
  /// block. Sets the cache to the positions before them.
  private PassState state(Rows rows) {
    cache.moveTo(rows.first());
    cache.claim(rows.count());
    PassState known = state;
    if (known != null && known.past() == rows.first() && stateRows == rows.count()) {
      return known;
    }
    PassState made =
        new PassState(
            transformer,
            PassExtent.of(rows.first(), /* rows= */ 1, rows.count()),
            hooks.after(rows.first()),
            cache,
            new Conditioning.None());
    made.prepare();
    state = made;
    stateRows = rows.count();
    return made;
  }

  @Override
  public void close() {
    scope.close();
    cache.close();
  }
}
