package io.lexiscope.index.vector;

import io.lexiscope.model.place.BiasName;
import io.lexiscope.model.place.DirectionName;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.place.VectorName;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What part of the network writes a vector.
public enum VectorKind {
  /// A neuron of an MLP.
  NEURON,
  /// A singular direction of an attention head.
  HEAD,
  /// The bias of an MLP's or an attention's output.
  BIAS;

  /// The kind of a vector.
  public static VectorKind of(VectorName vector) {
    return switch (vector) {
      case NeuronName _ -> NEURON;
      case DirectionName _ -> HEAD;
      case BiasName _ -> BIAS;
    };
  }

  /// The kind of a name in small letters.
  public static Optional<VectorKind> named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(name)).findFirst();
  }

  /// The name in small letters.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
