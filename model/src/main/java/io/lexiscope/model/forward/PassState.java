package io.lexiscope.model.forward;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.RotaryFrequencies;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.HookPoint;
import java.util.HashMap;
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
  private final int past;
  private final int length;

  PassState(Transformer transformer, TokenBatch batch, ActiveHooks hooks, @Nullable KvCache cache) {
    this.architecture = transformer.architecture();
    this.compute = transformer.compute();
    this.hooks = hooks;
    this.cache = cache;
    this.past = cache == null ? 0 : cache.length();
    this.length = batch.length();
    this.masks = new AttentionMasks(architecture, batch, past, compute);
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
    return past;
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
        frequencies, key -> Rotary.of(kind, key, past, length).in(compute));
  }
}
