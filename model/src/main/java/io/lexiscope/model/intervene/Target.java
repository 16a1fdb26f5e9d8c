package io.lexiscope.model.intervene;

import io.lexiscope.model.hook.HookName;
import io.lexiscope.model.hook.HookPoint;

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

  /// A head's output before W_O; scaling it by 0 ablates the head.
  ///
  /// @param layer from 0
  /// @param index from 0
  record Head(int layer, int index) implements Target {
    @Override
    public HookName place() {
      return HookPoint.Z.at(layer);
    }
  }

  /// Everything at a hook point.
  record Place(HookName place) implements Target {}
}
