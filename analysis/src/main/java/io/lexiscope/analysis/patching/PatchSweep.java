package io.lexiscope.analysis.patching;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.PassStart;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.RowInterventions;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One prompt in many variants, each computed from where it begins to differ.
///
/// A variant is a row that leaves the plain run, which is the first row, at the block of its first
/// change: every product of a block has a row for each variant that has begun. Where attention
/// looks back only, positions before the first change are keys and values that all rows share. Of a
/// residual sweep over L blocks and T positions a quarter of the L · T passes is left, in products
/// of up to L rows.
public final class PatchSweep {

  /// How many positions, rows times length, run side by side at most.
  public static final int MOST_TOKENS = 2048;

  private static final int READ_ROWS = 64;

  private final LanguageModel model;
  private final Transformer transformer;
  private final TokenIds prompt;
  private final int read;
  private final int mostTokens;

  /// Hears what the variants say.
  @FunctionalInterface
  public interface Sink {
    /// Hears of a variant.
    ///
    /// @param variant its index
    /// @param logits \[vocabulary\] at the position that is read; the sink's own
    void accept(int variant, float[] logits);
  }

  /// A sweep over variants of a prompt.
  ///
  /// @param model with what is in force in every variant
  /// @param read the position whose logits are read, from 0, or negative from the end
  /// @throws PatchException if there is no such position
  public PatchSweep(LanguageModel model, TokenIds prompt, int read) {
    this(model, prompt, read, MOST_TOKENS);
  }

  PatchSweep(LanguageModel model, TokenIds prompt, int read, int mostTokens) {
    this.model = model;
    this.transformer = model.onDevice();
    this.prompt = prompt;
    this.read = read < 0 ? read + prompt.size() : read;
    this.mostTokens = mostTokens;
    if (this.read < 0 || this.read >= prompt.size()) {
      throw new PatchException(
          "patch: expected a position to read from %d to %d, got %d"
              .formatted(-prompt.size(), prompt.size() - 1, read));
    }
  }

  /// Runs the plain prompt and the variants.
  ///
  /// @param variants in any order
  /// @param turn is asked before each piece of native work, and hears how many variants are done
  /// @param sink hears of each variant once, in any order
  /// @return what the plain prompt says at the position read, \[vocabulary\] logits
  /// @throws io.lexiscope.model.intervene.InterventionException if a change does not fit
  public float[] run(List<Variant> variants, Turn turn, Sink sink) {
    variants.forEach(variant -> variant.interventions().requireFit(model.architecture()));
    NavigableMap<Integer, List<Integer>> byStart = new TreeMap<>(Comparator.reverseOrder());
    for (int i = 0; i < variants.size(); i++) {
      byStart.computeIfAbsent(start(variants.get(i)), _ -> new ArrayList<>()).add(i);
    }
    int[] done = {0};
    int branches = 1 + Math.min(variants.size(), mostTokens);
    try (KvCache cache = KvCache.branching(transformer, branches, prompt.size())) {
      float[] plain = turn.take(() -> plain(cache));
      byStart.forEach(
          (start, group) -> {
            group.sort(Comparator.comparingInt(i -> variants.get(i).layer(layers())));
            cache.truncate(start);
            var plainRow =
                new Rows(start, start == 0 ? null : cache, List.of(Interventions.none()));
            int most = Math.max(1, mostTokens / (prompt.size() - start) - 1);
            for (int from = 0; from < group.size(); from += most) {
              List<Integer> part = group.subList(from, Math.min(group.size(), from + most));
              turn.take(
                  () -> {
                    TensorScope.tidyRun(() -> sweep(plainRow, part, variants, turn, sink));
                    return part;
                  });
              done[0] += part.size();
              turn.progress(done[0], variants.size(), "patches");
            }
          });
      return plain;
    }
  }

  /// From where a variant has to be computed.
  private int start(Variant variant) {
    var architecture = model.architecture();
    return architecture.causal() && architecture.sameAngles(variant.position(), prompt.size())
        ? Math.min(variant.position(), read)
        : 0;
  }

  private int layers() {
    return model.architecture().layers();
  }

  private float[] plain(KvCache cache) {
    return TensorScope.tidy(
        () -> {
          List<Interventions> row = List.of(Interventions.none());
          Tensor last = transformer.forward(TokenBatch.of(prompt), hooks(row, 0), cache);
          return logits(last.narrow(1, read, 1)).getFirst();
        });
  }

  private ActiveHooks hooks(List<Interventions> rows, int past) {
    return new ActiveHooks(
        Recording.nothing(),
        new RowInterventions(
                rows.stream()
                    .map(row -> model.interventions().and(row))
                    .map(row -> new RowInterventions.OfRow(row, prompt.size()))
                    .toList())
            .changes(past));
  }

  /// Rows of one start, on their way through the blocks. The first is the plain run.
  ///
  /// @param start the first position that runs
  /// @param cache what stands before it; null where nothing does
  private record Rows(int start, @Nullable KvCache cache, List<Interventions> changes) {
    Rows and(List<Interventions> more) {
      return new Rows(start, cache, Stream.concat(changes.stream(), more.stream()).toList());
    }
  }

  /// @param part indices of variants
  @SuppressWarnings("MustBeClosedChecker") // one scope after another, the last closed at the end
  private void sweep(Rows plain, List<Integer> part, List<Variant> variants, Turn turn, Sink sink) {
    NavigableMap<Integer, List<Integer>> byBlock = new TreeMap<>();
    part.forEach(
        i ->
            byBlock
                .computeIfAbsent(variants.get(i).layer(layers()), _ -> new ArrayList<>())
                .add(i));
    Rows rows = plain;
    TensorScope scope = TensorScope.open();
    try {
      Tensor stream = null;
      for (int block = -1; block <= layers(); block++) {
        rows =
            rows.and(
                byBlock.getOrDefault(block, List.of()).stream()
                    .map(i -> variants.get(i).interventions())
                    .toList());
        Rows running = rows;
        Tensor entering = stream;
        int from = block;
        // One stream at a time is kept, not those of all blocks.
        TensorScope next = TensorScope.open();
        try {
          stream = next.call(() -> TensorScope.tidy(() -> through(from, entering, running)));
        } catch (RuntimeException | Error failed) {
          next.close();
          throw failed;
        }
        scope.close();
        scope = next;
        turn.letOthersPass();
      }
      List<float[]> logits =
          read(Objects.requireNonNull(stream).narrow(1, read - plain.start(), 1));
      int row = 1;
      for (List<Integer> joined : byBlock.values()) {
        for (int variant : joined) {
          sink.accept(variant, logits.get(row++));
        }
      }
    } finally {
      scope.close();
    }
  }

  /// The stream of all rows after a block; after the final norm for the number of blocks.
  ///
  /// @param block −1 for the embedding
  /// @param entering the stream of the rows so far; those that join begin as the first
  private Tensor through(int block, @Nullable Tensor entering, Rows rows) {
    int count = rows.changes().size();
    ActiveHooks hooks = hooks(rows.changes(), rows.start());
    KvCache cache = rows.cache();
    if (cache != null) {
      cache.branch(count);
    }
    if (entering == null) {
      TokenIds tokens = prompt.slice(rows.start(), prompt.size());
      var batch = new TokenBatch(Collections.nCopies(count, tokens), /* padding= */ 0);
      return transformer.stream(batch, 0, hooks, cache);
    }
    Tensor all = entering;
    int joining = count - Math.toIntExact(entering.size(0));
    if (joining > 0) {
      Tensor plain = entering.narrow(0, 0, 1);
      all =
          Tensors.cat(
              Stream.concat(Stream.of(entering), Collections.nCopies(joining, plain).stream())
                  .toList(),
              0);
    }
    var start = PassStart.Stream.of(block, all);
    return block == layers()
        ? transformer.forward(start, hooks, cache)
        : transformer.stream(start, block + 1, hooks, cache);
  }

  /// Logits of rows, a few at a time.
  ///
  /// @param last [row, 1, d_model] after the final norm
  private List<float[]> read(Tensor last) {
    List<float[]> all = new ArrayList<>();
    for (long row = 0; row < last.size(0); row += READ_ROWS) {
      long first = row;
      long count = Math.min(READ_ROWS, last.size(0) - row);
      all.addAll(TensorScope.tidy(() -> logits(last.narrow(0, first, count))));
    }
    return all;
  }

  private List<float[]> logits(Tensor last) {
    float[] flat = model.transformer().logits(last.to(DType.FLOAT32).to(Device.CPU)).toFloats();
    int rows = Math.toIntExact(last.size(0));
    int words = flat.length / rows;
    List<float[]> each = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      each.add(Arrays.copyOfRange(flat, row * words, (row + 1) * words));
    }
    return each;
  }
}
