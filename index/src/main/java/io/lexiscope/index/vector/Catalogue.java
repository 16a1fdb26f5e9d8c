package io.lexiscope.index.vector;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.place.BiasName;
import io.lexiscope.model.place.DirectionName;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.place.VectorName;
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
      return new NeuronName(number / shape.neurons(), number % shape.neurons());
    }
    if (number < firstBias()) {
      int direction = number - firstDirection(0);
      int inLayer = direction % perHeadLayer();
      return new DirectionName(
          new HeadName(direction / perHeadLayer(), inLayer / shape.directions()),
          inLayer % shape.directions());
    }
    int bias = number - firstBias();
    return bias < mlpBiases.size()
        ? new BiasName(mlpBiases.get(bias), BiasName.Part.MLP)
        : new BiasName(attentionBiases.get(bias - mlpBiases.size()), BiasName.Part.ATTENTION);
  }

  /// The number of a vector; nothing where the model has no such.
  public OptionalInt number(VectorName name) {
    return switch (name) {
      case NeuronName(int layer, int neuron) ->
          layer < shape.layers() && neuron < shape.neurons()
              ? OptionalInt.of(firstNeuron(layer) + neuron)
              : OptionalInt.empty();
      case DirectionName(HeadName(int layer, int head), int direction) ->
          layer < shape.layers() && head < shape.heads() && direction < shape.directions()
              ? OptionalInt.of(firstDirection(layer) + head * shape.directions() + direction)
              : OptionalInt.empty();
      case BiasName(int layer, BiasName.Part part) ->
          switch (part) {
            case MLP -> bias(mlpBiases.indexOf(layer), 0);
            case ATTENTION -> bias(attentionBiases.indexOf(layer), mlpBiases.size());
          };
    };
  }

  private OptionalInt bias(int at, int before) {
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(firstBias() + before + at);
  }
}
