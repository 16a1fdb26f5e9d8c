package io.lexiscope.workbench.lens;

import io.lexiscope.model.place.HookPoint;

/// Which hook points the lens can read in words, and how.
public final class LensPlaces {
  private LensPlaces() {}

  /// Whether the values there are vectors of the residual stream, or become such by a weight of the
  /// model: a head's `z` by its part of W_O, a neuron by its row of W_out.
  public static boolean isReadable(HookPoint point) {
    return point.inResidualSpace() || point == HookPoint.Z || point == HookPoint.MLP_POST;
  }
}
