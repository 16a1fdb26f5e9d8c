package io.lexiscope.model.place;

/// A place that adds a fixed direction of its own to the residual stream, scaled by how active it
/// is: a neuron its row of `W_out`, a head its singular directions, a module its output bias.
public sealed interface VectorName extends Place permits BiasName, DirectionName, NeuronName {
  /// Reads such a place in every spelling of [Place].
  ///
  /// @throws PlaceException if it names none, or a place without such a vector
  static VectorName parse(String text) {
    return switch (Place.parse(text)) {
      case VectorName vector -> vector;
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

  /// The layer, from 0.
  int layer();

  /// The hook point at which it is added, before any norm of the module's output.
  HookName at();
}
