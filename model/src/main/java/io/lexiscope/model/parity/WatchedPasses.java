package io.lexiscope.model.parity;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.Activations;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.HookName;
import io.lexiscope.model.hook.HookPoint;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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

  /// The last stream, [1, pos, d_model], from a cache that is extended by a stretch, by one token,
  /// and by the rest.
  Tensor cached(TokenIds ids) {
    List<Tensor> parts = new ArrayList<>();
    try (KvCache cache = KvCache.create(model.onDevice(), /* batch= */ 1, ids.size())) {
      int half = ids.size() / 2;
      int[] ends = {half, half + 1, ids.size()};
      int start = 0;
      for (int end : ends) {
        if (end > start) {
          ActiveHooks hooks = new ActiveHooks(Recording.nothing(), changes);
          parts.add(
              asFloats(
                  model.onDevice().forward(TokenBatch.of(ids.slice(start, end)), hooks, cache)));
          start = end;
        }
      }
    }
    return Tensors.cat(parts, 1);
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
