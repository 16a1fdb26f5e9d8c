package io.lexiscope.index.vector;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The vectors of a catalogue as rows, in its order.
///
/// @param model whose vectors
/// @param catalogue which
public record CatalogueVectors(LanguageModel model, Catalogue catalogue) {

  /// Consecutive vectors.
  ///
  /// @param first number of the first
  /// @param count how many
  /// @param rows finds them: [count, d_model], float32, contiguous; what it gives lives while the
  ///   receiver runs
  public record Block(int first, int count, Supplier<Tensor> rows) {}

  /// The vectors of a model.
  public static CatalogueVectors of(LanguageModel model) {
    return new CatalogueVectors(model, Catalogue.of(model));
  }

  /// Gives all vectors in order, the directions of a layer's heads together.
  ///
  /// @param rows most vectors of another kind in a block
  public void forEach(int rows, Consumer<Block> receiver) {
    List<BlockWeights<Tensor>> blocks = model.transformer().weights().blocks();
    for (int layer = 0; layer < blocks.size(); layer++) {
      BlockWeights<Tensor> weights = blocks.get(layer);
      int first = catalogue.firstNeuron(layer);
      TensorScope.tidyRun(
          () -> split(first, Linears.rowsAreInputs(weights.mlp().out()), rows, receiver));
    }
    HeadDirections directions = HeadDirections.of(model, catalogue.shape().directions());
    for (int layer = 0; layer < blocks.size(); layer++) {
      int number = layer;
      TensorScope.tidyRun(
          () ->
              receiver.accept(
                  new Block(
                      catalogue.firstDirection(number),
                      catalogue.firstDirection(number + 1) - catalogue.firstDirection(number),
                      () -> directions.ofLayer(number))));
    }
    TensorScope.tidyRun(
        () -> {
          List<Tensor> biases = new ArrayList<>();
          Stream.concat(
                  catalogue.mlpBiases().stream().map(layer -> blocks.get(layer).mlp().out()),
                  catalogue.attentionBiases().stream()
                      .map(layer -> blocks.get(layer).attention().out()))
              .forEach(out -> biases.add(Objects.requireNonNull(out.bias()).to(DType.FLOAT32)));
          if (!biases.isEmpty()) {
            split(catalogue.firstBias(), Tensors.stack(biases, 0), rows, receiver);
          }
        });
  }

  private static void split(int first, Tensor matrix, int rows, Consumer<Block> receiver) {
    long size = matrix.size(0);
    for (long start = 0; start < size; start += rows) {
      long from = start;
      long count = Math.min(rows, size - from);
      TensorScope.tidyRun(
          () ->
              receiver.accept(
                  new Block(
                      Math.toIntExact(first + from),
                      Math.toIntExact(count),
                      () -> matrix.narrow(0, from, count).contiguous())));
    }
  }
}
