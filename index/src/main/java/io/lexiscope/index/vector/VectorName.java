package io.lexiscope.index.vector;

import io.lexiscope.model.place.BiasName;
import io.lexiscope.model.place.DirectionName;
import io.lexiscope.model.place.ExpertName;
import io.lexiscope.model.place.ExpertNeuron;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.place.Place;
import io.lexiscope.model.place.PlaceException;
import io.lexiscope.model.place.PlaceKind;

/// Which vector; layers, neurons, heads and directions from 0.
public sealed interface VectorName {
  /// The layer.
  int layer();

  /// What part of the network it is of.
  VectorKind kind();

  /// The place: `L3N812`, `L3H5D0`, `L3.b_mlp`, `L3.b_attn`.
  Place place();

  /// The short name, which is the place's.
  default String label() {
    return place().toString();
  }

  /// The hook point at which it is added, before any norm of the module's output.
  HookName at();

  /// The vector of a name in any spelling of [Place].
  ///
  /// @throws PlaceException if it names no vector that is in an index
  static VectorName parse(String text) {
    return switch (Place.parse(text)) {
      case NeuronName neuron -> new Neuron(neuron.layer(), neuron.index());
      case DirectionName(HeadName head, int direction) ->
          new HeadDirection(head.layer(), head.head(), direction);
      case BiasName bias ->
          switch (bias.part()) {
            case MLP -> new MlpBias(bias.layer());
            case ATTENTION -> new AttentionBias(bias.layer());
          };
      case HookName other -> throw noVector(other);
      case HeadName other -> throw noVector(other);
      case ExpertName other -> throw noVector(other);
      case ExpertNeuron other -> throw noVector(other);
    };
  }

  private static PlaceException noVector(Place other) {
    return new PlaceException(
        PlaceKind.ANY,
        "a neuron, a direction of a head or a bias",
        other + ", which is " + other.kind().one());
  }

  /// A neuron of an MLP: row `neuron` of W_out, [d_mlp, d_model].
  record Neuron(int layer, int neuron) implements VectorName {
    @Override
    public VectorKind kind() {
      return VectorKind.NEURON;
    }

    @Override
    public Place place() {
      return new NeuronName(layer, neuron);
    }

    @Override
    public HookName at() {
      return HookPoint.MLP_POST.at(layer);
    }
  }

  /// A right singular direction of a head's `W_V·W_O`, as long as its singular value. Its sign is
  /// free; it is given such that the word it moves most is promoted.
  ///
  /// @param direction 0 for the largest singular value
  record HeadDirection(int layer, int head, int direction) implements VectorName {
    @Override
    public VectorKind kind() {
      return VectorKind.HEAD;
    }

    @Override
    public Place place() {
      return new DirectionName(new HeadName(layer, head), direction);
    }

    @Override
    public HookName at() {
      return HookPoint.RESULT.at(layer);
    }
  }

  /// The bias of an MLP's output, b_V of the paper.
  record MlpBias(int layer) implements VectorName {
    @Override
    public VectorKind kind() {
      return VectorKind.BIAS;
    }

    @Override
    public Place place() {
      return new BiasName(layer, BiasName.Part.MLP);
    }

    @Override
    public HookName at() {
      return HookPoint.MLP_MODULE_OUT.at(layer);
    }
  }

  /// The bias of an attention's output, b_O.
  record AttentionBias(int layer) implements VectorName {
    @Override
    public VectorKind kind() {
      return VectorKind.BIAS;
    }

    @Override
    public Place place() {
      return new BiasName(layer, BiasName.Part.ATTENTION);
    }

    @Override
    public HookName at() {
      return HookPoint.ATTN_MODULE_OUT.at(layer);
    }
  }
}
