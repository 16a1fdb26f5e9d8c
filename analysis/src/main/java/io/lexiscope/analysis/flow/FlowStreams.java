package io.lexiscope.analysis.flow;

import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import java.util.List;

/// The residual stream at its points: twice the layer before a block, one more between attention
/// and MLP, twice the number of layers after the last.
final class FlowStreams {
  private FlowStreams() {}

  static HookName place(Run run, int point) {
    int layers = run.model().architecture().layers();
    if (point == 2 * layers) {
      return HookPoint.RESID_POST.at(layers - 1);
    }
    return point % 2 == 0 ? HookPoint.RESID_PRE.at(point / 2) : HookPoint.RESID_MID.at(point / 2);
  }

  /// The stream at a point, [positions, d_model].
  static Tensor at(Run run, int point, List<Integer> positions) {
    return run.activation(place(run, point), positions);
  }
}
