package io.lexiscope.model.parity;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.Activations;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Passes through a model for its self-checks, in the innermost scope.
///
/// @param model the model
/// @param changes in force in every pass; none but in tests, which break a model with them
record WatchedPasses(LanguageModel model, Map<HookName, List<UnaryOperator<Tensor>>> changes) {

  /// A pass and what it kept.
  ///
  /// @param activations what was recorded
  /// @param last the last stream after the final norm, [1, pos, d_model]
  record Pass(Activations activations, Tensor last) {
    Tensor at(HookPoint point, int layer) {
      return activations.get(point.at(layer));
    }
  }

  Pass run(TokenIds ids, Recording recording) {
    ActiveHooks hooks = new ActiveHooks(recording, changes);
    Tensor last = model.onDevice().forward(TokenBatch.of(ids), hooks, /* cache= */ null);
    return new Pass(hooks.activations().asFloats(), asFloats(last));
  }

  /// The last streams of a cached continuation and of one whole pass, of the positions in which
  /// they have to agree.
  record Continued(Tensor cached, Tensor whole) {}

  /// Extends a cache by a stretch, by one token, and by the rest; rotary angles that depend on the
  /// length change with that rest, and then only its positions are those of the whole sequence.
  ///
  /// @param plain last stream of a whole pass
  Continued continued(TokenIds ids, Tensor plain) {
    int half = ids.size() / 2;
    Transformer transformer = changingAnglesAt(half + 1);
    boolean changes = !transformer.architecture().sameAngles(half + 1, ids.size());
    List<Tensor> parts = new ArrayList<>();
    try (KvCache cache = KvCache.create(transformer, /* batch= */ 1, ids.size())) {
      int start = 0;
      for (int end : new int[] {half, half + 1, ids.size()}) {
        if (end > start) {
          TokenBatch batch = transformer.toRun(TokenBatch.of(ids.slice(start, end)), cache);
          Tensor last = forward(transformer, batch, cache);
          parts.add(last.narrow(1, last.size(1) - (end - start), (long) end - start));
          start = end;
        }
      }
    }
    if (!changes) {
      return new Continued(Tensors.cat(parts, 1), plain);
    }
    Tensor whole = forward(transformer, TokenBatch.of(ids), /* cache= */ null);
    Tensor rest = parts.getLast();
    return new Continued(rest, whole.narrow(1, ids.size() - rest.size(1), rest.size(1)));
  }

  private Tensor forward(Transformer transformer, TokenBatch batch, @Nullable KvCache cache) {
    ActiveHooks hooks = new ActiveHooks(Recording.nothing(), changes);
    return asFloats(transformer.forward(batch, hooks, cache));
  }

  private Transformer changingAnglesAt(int length) {
    Transformer transformer = model.onDevice();
    return new Transformer(
        transformer.architecture().changingAnglesAt(length),
        transformer.weights(),
        transformer.compute());
  }

  private static Tensor asFloats(Tensor value) {
    return value.to(DType.FLOAT32).to(Device.CPU);
  }

  /// What a stream says: its logits, or the stream itself where there is no head.
  Tensor said(Tensor last) {
    return transformer().hasUnembedding() ? transformer().logits(last) : last;
  }

  Transformer transformer() {
    return model.transformer();
  }
}
