package io.lexiscope.model.intervene;

import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;

/// What an intervention changes.
public sealed interface Target {

  /// The hook point where the change happens.
  HookName place();

  /// A neuron's coefficient, after the non-linearity (gated: after the product).
  ///
  /// @param layer from 0
  /// @param index from 0
  record Neuron(int layer, int index) implements Target {
    @Override
    public HookName place() {
      return HookPoint.MLP_POST.at(layer);
    }
  }

  /// The argument of a neuron's non-linearity (gated: the gate branch): the reading of Geva et al.
  /// 2022, whose code writes 3 here, so that the coefficient becomes GELU(3).
  ///
  /// @param layer from 0
  /// @param index from 0
  record NeuronInput(int layer, int index) implements Target {
    @Override
    public HookName place() {
      return HookPoint.MLP_PRE.at(layer);
    }
  }

  /// One head at a place that has heads: queries, keys and values (where heads are shared, those of
  /// keys and values are counted), scores, pattern, outputs.
  ///
  /// @param place with an axis of heads
  /// @param index from 0
  record Head(HookName place, int index) implements Target {

    /// Checks the place.
    ///
    /// @throws InterventionException if it has no heads
    public Head {
      if (place.point().headAxis().isEmpty()) {
        throw new InterventionException(
            "intervention: expected a hook point with heads, got %s".formatted(place));
      }
    }

    /// A head's output before W_O; scaling it by 0 ablates the head.
    ///
    /// @param layer from 0
    /// @param index from 0
    public Head(int layer, int index) {
      this(HookPoint.Z.at(layer), index);
    }
  }

  /// Everything at a hook point.
  record Place(HookName place) implements Target {}
}
