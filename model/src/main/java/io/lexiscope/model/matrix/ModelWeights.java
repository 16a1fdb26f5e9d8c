package io.lexiscope.model.matrix;

import io.lexiscope.model.config.Architecture;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// All weights of a network in their places, whatever the checkpoint calls them and however it lays
/// them out.
///
/// @param embedding the embedding
/// @param blocks the blocks, first to last
/// @param output what follows the last block
/// @param <T> what stands for a weight: a shape before there are any, a stored tensor, a tensor
public record ModelWeights<T>(
    EmbeddingWeights<T> embedding, List<BlockWeights<T>> blocks, OutputWeights<T> output) {

  /// Copies the list.
  public ModelWeights {
    blocks = List.copyOf(blocks);
  }

  /// Converts every weight once: a weight that stands in two places, such as a tied embedding, is
  /// one object again afterwards.
  ///
  /// @param f conversion
  /// @param <U> what stands for a weight afterwards
  public <U> ModelWeights<U> map(Function<? super T, ? extends U> f) {
    var done = new IdentityHashMap<T, U>();
    Function<T, U> once =
        weight -> {
          var known = done.get(weight);
          if (known == null) {
            known = f.apply(weight);
            done.put(weight, known);
          }
          return known;
        };
    return new ModelWeights<>(
        embedding.map(once),
        blocks.stream().map(block -> block.<U>map(once)).toList(),
        output.map(once));
  }

  /// A matrix of a block where it is stored.
  ///
  /// @param architecture of the network
  /// @throws io.lexiscope.model.config.ConfigException if the network has no such matrix
  public BlockMatrix<T> matrix(MatrixName name, Architecture architecture) {
    name.requireIn(architecture);
    return BlockMatrix.of(
        blocks.get(name.layer()),
        name.kind(),
        new BlockMatrix.Sizes(
            architecture.dModel(),
            architecture.dimensions().dMlp(),
            architecture.block().attention().heads()));
  }

  /// The same weights with the linear maps of all blocks replaced.
  public ModelWeights<T> mapBlockLinears(UnaryOperator<Linear<T>> f) {
    return new ModelWeights<>(
        embedding, blocks.stream().map(block -> block.mapLinears(f)).toList(), output);
  }

  /// Every weight once, in the order of the computation.
  public List<T> all() {
    var all = new ArrayList<T>();
    ModelWeights<T> same =
        map(
            weight -> {
              all.add(weight);
              return weight;
            });
    assert same.blocks.size() == blocks.size();
    return List.copyOf(all);
  }
}
