package io.lexiscope.analysis.lens;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The norm that the last residual stream passes on its way to the unembedding, and where a run
/// holds its scale. In families whose blocks norm the stream itself (BERT, OPT-350m) it is the last
/// block's second norm.
///
/// @param norm the norm
/// @param scale hook point of its divisor
public record FinalNorm(AffineNorm norm, HookName scale) {

  /// The final norm of a model.
  ///
  /// @throws LensException if it has none
  public static FinalNorm of(LanguageModel model) {
    Transformer transformer = model.transformer();
    Architecture architecture = transformer.architecture();
    @Nullable AffineNorm own = transformer.finalNorm();
    if (own != null) {
      return new FinalNorm(own, HookPoint.FINAL_SCALE.once());
    }
    BlockWeights<Tensor> last = transformer.weights().blocks().getLast();
    if (architecture.block().wiring() != Wiring.POST_NORM || last.norms().ln2() == null) {
      throw new LensException(
          "lens: expected a final norm, got none in a model of family %s; use the raw convention"
              .formatted(architecture.family()));
    }
    return new FinalNorm(
        new AffineNorm(architecture.block().norm(), last.norms().ln2()),
        HookPoint.LN2_SCALE.at(architecture.layers() - 1));
  }

  /// The divisors that a run had at these positions, [positions, 1], in the innermost scope: as
  /// recorded, or computed from the recorded last stream where nothing intervened.
  ///
  /// @param positions from 0
  /// @throws LensException if neither was recorded
  public Tensor scaleOf(Run run, List<Integer> positions) {
    HookName stream = HookPoint.RESID_POST.at(run.model().architecture().layers() - 1);
    if (run.has(scale)) {
      return run.activation(scale, positions);
    }
    if (run.has(stream) && run.model().interventions().isEmpty()) {
      return TensorScope.tidy(() -> norm.scale(run.activation(stream, positions)));
    }
    throw new LensException(
        "lens: expected %s among the recorded places, got %s; ask for it in the recording, or use the lens's own"
            .formatted(scale, run.recorded()));
  }
}
