package io.lexiscope.model.forward;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.AttentionSpan;
import io.lexiscope.model.hook.PassExtent;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.option.Sight;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which keys the queries of one pass may see, layer by layer; made once for each kind of layer.
final class AttentionMasks {
  private final Architecture architecture;
  private final PassExtent extent;
  private final int past;
  private final int queries;
  private final int extra;
  private final Compute compute;
  private final Map<AttentionSpan, Tensor> hidden = new HashMap<>();
  private final Map<AttentionSpan, Tensor> additive = new HashMap<>();

  /// @param extra number of keys before those of the sequence, which every query sees
  AttentionMasks(Architecture architecture, PassExtent extent, int extra, Compute compute) {
    this.architecture = architecture;
    this.extent = extent;
    this.past = extent.past();
    this.queries = extent.length();
    this.extra = extra;
    this.compute = compute;
  }

  private AttentionSpan span(int layer) {
    return architecture.block().attention().mask().spans().get(layer);
  }

  /// Whether plain causality is the whole mask.
  boolean onlyCausal(int layer) {
    return architecture.causal() && past == 0 && extra == 0 && fitsWindow(layer) && queries > 1;
  }

  /// Whether every query sees every key.
  boolean seesEverything(int layer) {
    boolean lateEnough = !architecture.causal() || queries == 1;
    boolean noPadding = architecture.causal() || !extent.ragged();
    return lateEnough && noPadding && fitsWindow(layer);
  }

  /// What each query sees, where that can be said by its position alone; else null.
  ///
  /// @param scale factor on the scores
  @Nullable Sight sight(int layer, double scale) {
    if (!architecture.causal()) {
      return seesEverything(layer)
          ? new Sight(extra + past, /* causal= */ false, Integer.MAX_VALUE, scale)
          : null;
    }
    if (fitsWindow(layer)) {
      return new Sight(extra + past, /* causal= */ true, Integer.MAX_VALUE, scale);
    }
    return switch (span(layer)) {
      case AttentionSpan.Sliding sliding when extra == 0 ->
          new Sight(past, /* causal= */ true, sliding.window(), scale);
      case AttentionSpan.Sliding _, AttentionSpan.Global _ -> null;
    };
  }

  private boolean fitsWindow(int layer) {
    return switch (span(layer)) {
      case AttentionSpan.Global _ -> true;
      case AttentionSpan.Sliding sliding -> past + queries <= sliding.window();
    };
  }

  /// True where a key is out of sight: BOOL, [batch or 1, 1, query_pos, key_pos]; null where all is
  /// seen.
  @Nullable Tensor hidden(int layer) {
    return seesEverything(layer) ? null : hidden.computeIfAbsent(span(layer), this::make);
  }

  /// The same as numbers to add to the scores: 0 or −∞; null where all is seen. Belongs to the
  /// scope of its first call.
  @Nullable Tensor additive(int layer) {
    return seesEverything(layer) ? null : additive.computeIfAbsent(span(layer), this::numbers);
  }

  private Tensor make(AttentionSpan span) {
    boolean[] out = outOfSight(span);
    byte[] bytes = new byte[out.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (out[i] ? 1 : 0);
    }
    return Tensors.copyOf(MemorySegment.ofArray(bytes), DType.BOOL, shape()).to(compute.device());
  }

  private Tensor numbers(AttentionSpan span) {
    boolean[] out = outOfSight(span);
    float[] numbers = new float[out.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = out[i] ? Float.NEGATIVE_INFINITY : 0;
    }
    return TensorScope.tidy(
        () -> Tensors.of(numbers, shape()).to(compute.type()).to(compute.device()));
  }

  private boolean perRow() {
    return !architecture.causal() && extent.ragged();
  }

  private Shape shape() {
    return Shape.of(perRow() ? extent.rows() : 1, 1, queries, extra + past + queries);
  }

  private boolean[] outOfSight(AttentionSpan span) {
    int rows = perRow() ? extent.rows() : 1;
    int keys = extra + past + queries;
    boolean[] out = new boolean[rows * queries * keys];
    for (int row = 0; row < rows; row++) {
      int known = perRow() ? extent.lengths().get(row) : past + queries;
      for (int q = 0; q < queries; q++) {
        for (int k = 0; k < past + queries; k++) {
          out[(row * queries + q) * keys + extra + k] = k >= known || !sees(span, past + q, k);
        }
      }
    }
    return out;
  }

  private boolean sees(AttentionSpan span, int query, int key) {
    if (architecture.causal() && key > query) {
      return false;
    }
    return switch (span) {
      case AttentionSpan.Global _ -> true;
      case AttentionSpan.Sliding sliding -> Math.abs(query - key) < sliding.window();
    };
  }
}
