package io.lexiscope.index.vector;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.tensor.Tensor;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// All vectors of a model in one order: neurons by layer, directions of heads by layer and head,
/// biases of MLPs, biases of attentions.
///
/// @param shape how many of each there are in a layer
/// @param mlpBiases layers whose MLP has a bias, rising
/// @param attentionBiases layers whose attention has one, rising
public record Catalogue(Shape shape, List<Integer> mlpBiases, List<Integer> attentionBiases) {
  /// Most directions that are read of a head.
  public static final int DIRECTIONS = 8;

  /// Numbers of vectors.
  ///
  /// @param layers of the model
  /// @param neurons in an MLP
  /// @param heads in an attention
  /// @param directions of a head
  public record Shape(int layers, int neurons, int heads, int directions) {}

  /// Copies the lists.
  public Catalogue {
    mlpBiases = List.copyOf(mlpBiases);
    attentionBiases = List.copyOf(attentionBiases);
  }

  /// The vectors of a model.
  public static Catalogue of(LanguageModel model) {
    Dimensions dimensions = model.architecture().dimensions();
    Attention.Heads heads = model.architecture().block().attention().heads();
    List<BlockWeights<Tensor>> blocks = model.transformer().weights().blocks();
    return new Catalogue(
        new Shape(
            dimensions.layers(),
            dimensions.dMlp(),
            heads.heads(),
            Math.min(DIRECTIONS, Math.min(heads.dHead(), dimensions.dModel()))),
        IntStream.range(0, blocks.size())
            .filter(layer -> blocks.get(layer).mlp().out().bias() != null)
            .boxed()
            .toList(),
        IntStream.range(0, blocks.size())
            .filter(layer -> blocks.get(layer).attention().out().bias() != null)
            .boxed()
            .toList());
  }

  /// Number of vectors.
  public int size() {
    return firstBias() + mlpBiases.size() + attentionBiases.size();
  }

  private int perHeadLayer() {
    return shape.heads() * shape.directions();
  }

  /// The number of a layer's first neuron.
  int firstNeuron(int layer) {
    return layer * shape.neurons();
  }

  /// The number of a layer's first direction of a head.
  int firstDirection(int layer) {
    return shape.layers() * shape.neurons() + layer * perHeadLayer();
  }

  /// The number of the first bias.
  int firstBias() {
    return firstDirection(shape.layers());
  }

  /// The vector of a number from 0.
  public VectorName name(int number) {
    if (number < firstDirection(0)) {
      return new VectorName.Neuron(number / shape.neurons(), number % shape.neurons());
    }
    if (number < firstBias()) {
      int direction = number - firstDirection(0);
      int inLayer = direction % perHeadLayer();
      return new VectorName.HeadDirection(
          direction / perHeadLayer(), inLayer / shape.directions(), inLayer % shape.directions());
    }
    int bias = number - firstBias();
    return bias < mlpBiases.size()
        ? new VectorName.MlpBias(mlpBiases.get(bias))
        : new VectorName.AttentionBias(attentionBiases.get(bias - mlpBiases.size()));
  }

  /// The number of a vector; nothing where the model has no such.
  public OptionalInt number(VectorName name) {
    return switch (name) {
      case VectorName.Neuron neuron ->
          neuron.layer() < shape.layers() && neuron.neuron() < shape.neurons()
              ? OptionalInt.of(firstNeuron(neuron.layer()) + neuron.neuron())
              : OptionalInt.empty();
      case VectorName.HeadDirection head ->
          head.layer() < shape.layers()
                  && head.head() < shape.heads()
                  && head.direction() < shape.directions()
              ? OptionalInt.of(
                  firstDirection(head.layer())
                      + head.head() * shape.directions()
                      + head.direction())
              : OptionalInt.empty();
      case VectorName.MlpBias bias -> bias(mlpBiases.indexOf(bias.layer()), 0);
      case VectorName.AttentionBias bias ->
          bias(attentionBiases.indexOf(bias.layer()), mlpBiases.size());
    };
  }

  private OptionalInt bias(int at, int before) {
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(firstBias() + before + at);
  }
}
