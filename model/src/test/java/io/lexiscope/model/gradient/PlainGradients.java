package io.lexiscope.model.gradient;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Autograd;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Gradients the plain way, for comparison: every weight a leaf of libtorch's, whose gradient is
/// filled, and zeros added at places.
final class PlainGradients {
  private PlainGradients() {}

  /// Gradients of the weights, by the model's own tensors.
  static IdentityHashMap<Tensor, Tensor> ofWeights(LanguageModel model, TokenIds ids, Loss loss) {
    IdentityHashMap<Tensor, Tensor> leaves = new IdentityHashMap<>();
    ModelWeights<Tensor> weights =
        model
            .transformer()
            .weights()
            .map(weight -> leaves.computeIfAbsent(weight, key -> key.detach().requireGrad()));
    Transformer transformer =
        new Transformer(model.architecture(), weights, model.compute().onCpu());
    Tensor scalar = scalar(transformer, ids, loss, hooks(model, ids, Map.of()));
    List<Tensor> originals = new ArrayList<>(leaves.keySet());
    List<Tensor> found =
        Autograd.grad(scalar, originals.stream().map(original -> leaves.get(original)).toList());
    IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
    for (int i = 0; i < originals.size(); i++) {
      gradients.put(originals.get(i), found.get(i));
    }
    return gradients;
  }

  /// Gradients with respect to the values at places.
  static Map<HookName, Tensor> ofPlaces(
      LanguageModel model, TokenIds ids, Loss loss, List<HookName> places) {
    try (TensorScope scope = TensorScope.open()) {
      return ofPlaces(model, ids, loss, places, scope);
    }
  }

  private static Map<HookName, Tensor> ofPlaces(
      LanguageModel model, TokenIds ids, Loss loss, List<HookName> places, TensorScope scope) {
    Map<HookName, Tensor> leaves = new LinkedHashMap<>();
    Map<HookName, UnaryOperator<Tensor>> additions = new LinkedHashMap<>();
    for (HookName place : places) {
      additions.put(
          place,
          value -> {
            Tensor leaf = scope.call(() -> Tensors.zeros(value.shape()).requireGrad());
            leaves.put(place, leaf);
            return value.add(leaf);
          });
    }
    Tensor scalar = scalar(model.transformer(), ids, loss, hooks(model, ids, additions));
    List<HookName> met = new ArrayList<>(leaves.keySet());
    List<Tensor> found =
        Autograd.grad(scalar, met.stream().map(place -> leaves.get(place)).toList());
    Map<HookName, Tensor> gradients = new LinkedHashMap<>();
    for (int i = 0; i < met.size(); i++) {
      gradients.put(met.get(i), found.get(i));
    }
    return gradients;
  }

  /// The loss itself.
  static double loss(
      LanguageModel model, TokenIds ids, Loss loss, Map<HookName, UnaryOperator<Tensor>> changes) {
    return Autograd.noGrad(
        () -> scalar(model.transformer(), ids, loss, hooks(model, ids, changes)).item());
  }

  private static ActiveHooks hooks(
      LanguageModel model, TokenIds ids, Map<HookName, UnaryOperator<Tensor>> more) {
    Map<HookName, List<UnaryOperator<Tensor>>> changes =
        new LinkedHashMap<>(model.interventions().changes(/* past= */ 0, ids.size()));
    more.forEach(
        (place, change) -> {
          List<UnaryOperator<Tensor>> here =
              new ArrayList<>(changes.getOrDefault(place, List.of()));
          here.add(change);
          changes.put(place, here);
        });
    return new ActiveHooks(Recording.nothing(), changes);
  }

  private static Tensor scalar(
      Transformer transformer, TokenIds ids, Loss loss, ActiveHooks hooks) {
    TokenIds tokens = loss.tokens(ids);
    Tensor last = transformer.forward(TokenBatch.of(tokens), hooks, /* cache= */ null);
    long[] rows = loss.positions(tokens.size()).stream().mapToLong(Integer::longValue).toArray();
    Tensor logits = transformer.logits(last.indexSelect(1, Tensors.ofLongs(rows))).squeeze(0);
    return loss.of(logits, tokens);
  }

  /// A matrix's gradient cut out of that of the weight that holds it, by the documented layouts of
  /// checkpoints, [d_in, d_out].
  static Tensor cut(LanguageModel model, Tensor gradient, MatrixKind kind, boolean outIn) {
    var heads = model.architecture().block().attention().heads();
    int d = heads.dHead();
    int query = heads.heads() * d;
    int key = heads.kvHeads() * d;
    int mlp = model.architecture().dimensions().dMlp();
    Tensor whole = outIn ? gradient.transpose(0, 1) : gradient;
    int all = Math.toIntExact(whole.size(1));
    boolean attention = kind == MatrixKind.W_Q || kind == MatrixKind.W_K || kind == MatrixKind.W_V;
    if (attention && all == query + 2 * key && all != query) {
      if (model.architecture().family().equals("gpt_neox")) {
        int which =
            switch (kind) {
              case W_Q -> 0;
              case W_K -> 1;
              default -> 2;
            };
        List<Tensor> heads3 = new ArrayList<>();
        for (int head = 0; head < heads.heads(); head++) {
          heads3.add(whole.narrow(1, (3L * head + which) * d, d));
        }
        return Tensors.cat(heads3, 1);
      }
      return switch (kind) {
        case W_Q -> whole.narrow(1, 0, query);
        case W_K -> whole.narrow(1, query, key);
        default -> whole.narrow(1, (long) query + key, key);
      };
    }
    if ((kind == MatrixKind.W_GATE || kind == MatrixKind.W_IN) && all == 2 * mlp) {
      return whole.narrow(1, kind == MatrixKind.W_GATE ? 0 : mlp, mlp);
    }
    return whole;
  }
}
