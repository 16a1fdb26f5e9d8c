package io.lexiscope.analysis.ffn;

import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;

/// The residual stream around the feed-forward part of one layer at one position.
///
/// @param run what happened
/// @param layer from 0
/// @param position from 0
record FfnStream(Run run, int layer, int position) {

  /// What the FFN's output is added to, [d_model].
  Tensor before() {
    Architecture architecture = run.model().architecture();
    return switch (FfnIdentity.of(architecture.block().wiring())) {
      case SEQUENTIAL, NORMED_OUTPUT -> at(HookPoint.RESID_MID.at(layer));
      case PARALLEL -> at(HookPoint.RESID_PRE.at(layer)).add(at(HookPoint.ATTN_OUT.at(layer)));
      case NORMED_STREAM -> {
        BlockWeights<Tensor> block = run.model().transformer().weights().blocks().get(layer);
        AffineNorm norm = new AffineNorm(architecture.block().norm(), block.norms().ln1());
        yield TensorScope.tidy(() -> norm.affine(at(HookPoint.LN1_NORMALIZED.at(layer))));
      }
    };
  }

  /// The sum, [d_model].
  Tensor after() {
    return at(HookPoint.RESID_POST.at(layer));
  }

  private Tensor at(HookName name) {
    return run.activation(name, position);
  }
}
