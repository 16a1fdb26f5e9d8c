package io.lexiscope.model.parity;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.Loss;
import io.lexiscope.model.gradient.MatrixGradient;
import io.lexiscope.model.gradient.Taps;
import io.lexiscope.model.matrix.BlockMatrix;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.WeightLayout;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Gradients of a prompt's mean next-token loss with respect to weights by name: matrices of blocks
/// from what entered them and what came back, everything else from marked leaves that share the
/// weights' storage.
final class Gradients implements AutoCloseable {
  private final LanguageModel model;
  private final IdentityHashMap<Tensor, List<MatrixName>> matrices = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, Tensor> marked = new IdentityHashMap<>();
  private final Backward backward;

  /// @param names of weights that the model has
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  Gradients(LanguageModel model, TokenIds ids, List<String> names) {
    this.model = model;
    IdentityHashMap<Tensor, List<MatrixName>> all = new IdentityHashMap<>();
    ModelWeights<Tensor> weights = model.transformer().weights();
    for (MatrixName name : MatrixName.all(model.architecture())) {
      Tensor weight = weights.matrix(name, model.architecture()).linear().weight();
      all.computeIfAbsent(weight, _ -> new ArrayList<>()).add(name);
    }
    Set<MatrixName> taps = new LinkedHashSet<>();
    for (String name : names) {
      Tensor weight = weight(name);
      List<MatrixName> held = all.get(weight);
      if (held == null) {
        marked.put(weight, weight.detach().requireGrad());
      } else {
        matrices.put(weight, held);
        taps.addAll(held);
      }
    }
    Transformer transformer =
        new Transformer(
            model.architecture(),
            weights.map(weight -> marked.getOrDefault(weight, weight)),
            model.compute().onCpu());
    Loss loss = new Loss.MeanNextToken();
    this.backward =
        Backward.of(
            transformer,
            TokenBatch.of(ids),
            new Taps(taps, Set.of()),
            last ->
                loss.of(transformer.logits(last).squeeze(0).narrow(0, 0, ids.size() - 1L), ids));
  }

  private Tensor weight(String name) {
    Tensor weight = model.parameters().get(name);
    if (weight == null) {
      throw new IllegalArgumentException(name);
    }
    return weight;
  }

  /// The gradient of a weight, of its shape, in the innermost scope.
  Tensor of(String name) {
    Tensor weight = weight(name);
    List<MatrixName> held = matrices.get(weight);
    return held == null
        ? backward.gradient(marked.getOrDefault(weight, weight))
        : together(weight, held);
  }

  /// The gradients of the matrices that share a weight, each in its place.
  private Tensor together(Tensor weight, List<MatrixName> held) {
    boolean outIn = layout(held.getFirst()) == WeightLayout.OUT_IN;
    int inputs = Math.toIntExact(weight.size(outIn ? 1 : 0));
    int outputs = Math.toIntExact(weight.size(outIn ? 0 : 1));
    float[] whole = new float[inputs * outputs];
    for (MatrixName name : held) {
      BlockMatrix<Tensor> matrix = place(name);
      float[] own =
          TensorScope.tidy(
              () -> {
                MatrixGradient gradient = backward.at(name);
                return gradient.dense().toFloats();
              });
      int count = matrix.outputs().count();
      for (int i = 0; i < inputs; i++) {
        for (int j = 0; j < count; j++) {
          int output = matrix.outputs().place(j);
          whole[outIn ? output * inputs + i : i * outputs + output] = own[i * count + j];
        }
      }
    }
    return Tensors.of(whole, Shape.of(weight.shape().toArray()));
  }

  private WeightLayout layout(MatrixName name) {
    return place(name).linear().layout();
  }

  private BlockMatrix<Tensor> place(MatrixName name) {
    return model.transformer().weights().matrix(name, model.architecture());
  }

  @Override
  public void close() {
    backward.close();
  }
}
