package io.lexiscope.model.forward;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.RotaryFrequencies;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.PassExtent;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the layers of one pass share: hooks, cache, masks and rotary tables.
final class PassState {
  private final Architecture architecture;
  private final Compute compute;
  private final ActiveHooks hooks;
  private final @Nullable KvCache cache;
  private final AttentionMasks masks;
  private final Map<RotaryFrequencies, Rotary> rotary = new HashMap<>();
  private final PassExtent extent;
  private final Conditioning conditioning;

  /// Tells the hooks which positions the pass runs.
  PassState(
      Transformer transformer,
      PassExtent extent,
      ActiveHooks hooks,
      @Nullable KvCache cache,
      Conditioning conditioning) {
    this.architecture = transformer.architecture();
    this.compute = transformer.compute();
    this.hooks = hooks;
    this.cache = cache;
    this.extent = extent;
    this.conditioning = conditioning;
    int extra =
        switch (conditioning) {
          case Conditioning.None _ -> 0;
          case Conditioning.ExtraKey _ -> 1;
        };
    this.masks = new AttentionMasks(architecture, extent, extra, compute);
    hooks.begin(extent);
  }

  ActiveHooks hooks() {
    return hooks;
  }

  @Nullable KvCache cache() {
    return cache;
  }

  AttentionMasks masks() {
    return masks;
  }

  int past() {
    return extent.past();
  }

  /// Keys with the extra one of a layer before them, [batch, pos, kv_head, d_head].
  Tensor withExtraKey(int layer, Tensor keys) {
    return switch (conditioning) {
      case Conditioning.None _ -> keys;
      case Conditioning.ExtraKey extra -> before(extra.keys(), layer, keys);
    };
  }

  /// Values likewise.
  Tensor withExtraValue(int layer, Tensor values) {
    return switch (conditioning) {
      case Conditioning.None _ -> values;
      case Conditioning.ExtraKey extra -> before(extra.values(), layer, values);
    };
  }

  private static Tensor before(Tensor extra, int layer, Tensor rest) {
    return Tensors.cat(
        List.of(extra.narrow(1, layer, 1).to(rest.dtype()).to(rest.device()), rest), 1);
  }

  /// Whether the keys of the sequence are all there are.
  boolean plainKeys() {
    return conditioning instanceof Conditioning.None;
  }

  /// Whether a layer's softmax needs not be written out.
  boolean fusedAttention(int layer) {
    return architecture.block().attention().scores().softCap() instanceof SoftCap.None
        && !hooks.wants(HookPoint.ATTN_SCORES, layer)
        && !hooks.wants(HookPoint.PATTERN, layer);
  }

  /// Makes all tables and masks now, in the current scope, which outlives the blocks' own.
  void prepare() {
    for (int layer = 0; layer < architecture.layers(); layer++) {
      rotary(layer);
      if (!fusedAttention(layer)) {
        masks.hidden(layer);
      } else if (!masks.onlyCausal(layer)) {
        masks.additive(layer);
      }
    }
  }

  @Nullable Rotary rotary(int layer) {
    RotaryFrequencies frequencies = architecture.rotaryFrequencies(layer);
    if (frequencies == null
        || !(architecture.embedding().positions() instanceof Positions.Rotary kind)) {
      return null;
    }
    return rotary.computeIfAbsent(
        frequencies, key -> Rotary.of(kind, key, extent.past(), extent.length()).in(compute));
  }
}
