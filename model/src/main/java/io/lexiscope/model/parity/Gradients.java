package io.lexiscope.model.parity;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.family.ModelWeights;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Autograd;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gradients of a prompt's loss with respect to weights by name. The model's own tensors stay
/// unmarked: the pass runs on leaves that share their storage, so other passes record no graph.
///
/// @param loss the scalar, with its graph
/// @param leaves by name in the checkpoint
record Gradients(Tensor loss, Map<String, Tensor> leaves) {
  private static final long IGNORED = -100;

  /// Of the mean next-token cross-entropy of a prompt, in nats.
  static Gradients ofNextTokenLoss(LanguageModel model, TokenIds ids) {
    IdentityHashMap<Tensor, Tensor> leafOf = new IdentityHashMap<>();
    ModelWeights<Tensor> weights =
        model
            .transformer()
            .weights()
            .map(weight -> leafOf.computeIfAbsent(weight, key -> key.detach().requireGrad()));
    Map<String, Tensor> leaves = new LinkedHashMap<>();
    model
        .parameters()
        .forEach(
            (name, weight) -> {
              Tensor leaf = leafOf.get(weight);
              if (leaf != null) {
                leaves.put(name, leaf);
              }
            });
    Transformer transformer =
        new Transformer(model.architecture(), weights, model.compute().onCpu());
    Tensor last = transformer.forward(TokenBatch.of(ids), ActiveHooks.none(), /* cache= */ null);
    Tensor logits = transformer.logits(last).squeeze(0).narrow(0, 0, ids.size() - 1L);
    Tensor targets = Tensors.ofLongs(ids.slice(1, ids.size()).toLongs());
    return new Gradients(Nn.crossEntropy(logits, targets, IGNORED), leaves);
  }

  boolean has(String name) {
    return leaves.containsKey(name);
  }

  /// The gradients, by name; uses up the graph.
  Map<String, Tensor> of(List<String> names) {
    List<Tensor> found = Autograd.grad(loss, names.stream().map(name -> leaves.get(name)).toList());
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), found.get(i));
    }
    return byName;
  }
}
