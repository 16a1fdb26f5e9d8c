package io.lexiscope.analysis.attribution;

import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attention or the MLP of one layer at one position: the way from its parts (heads, neurons)
/// through its output matrix and any norm after it to the residual stream.
///
/// @param run what happened
/// @param layer from 0
/// @param position from 0
/// @param kind which of the two
record Sublayer(Run run, int layer, int position, Kind kind) {

  enum Kind {
    ATTENTION,
    MLP
  }

  /// The map from the module's output, before any norm of it, to logits.
  Direction ofModule(Direction ofStream) {
    AffineNorm norm = norm();
    if (norm == null) {
      return ofStream;
    }
    double scale = TensorScope.tidy(() -> norm.scale(at(module())).item());
    return ofStream.through(norm, scale);
  }

  /// What the biases add: that of the output matrix and that of the norm after it.
  double biases(Direction ofStream) {
    AffineNorm norm = norm();
    double ofNorm = norm == null ? 0 : ofStream.ofOptional(norm.weights().bias());
    return ofModule(ofStream).ofOptional(out().bias()) + ofNorm;
  }

  /// Whether there is any bias.
  boolean hasBias() {
    AffineNorm norm = norm();
    return out().bias() != null || (norm != null && norm.weights().bias() != null);
  }

  /// Places whose change alters what is added without altering the parts.
  List<HookName> afterParts() {
    return run.model().architecture().block().wiring() == Wiring.OUTPUT_NORM
        ? List.of(
            module(), added(), HookPoint.LN1_SCALE.at(layer), HookPoint.LN1_NORMALIZED.at(layer))
        : List.of(module(), added());
  }

  /// What each head or neuron adds, in logits.
  ///
  /// @return as many numbers as there are heads or neurons
  float[] parts(Direction ofStream) {
    return TensorScope.tidy(
        () -> {
          Direction ofModule = ofModule(ofStream);
          if (kind == Kind.ATTENTION && run.has(HookPoint.RESULT.at(layer))) {
            return at(HookPoint.RESULT.at(layer)).matmul(ofModule.vector()).toFloats();
          }
          Tensor perInput = Linears.rowsAreInputs(out()).matmul(ofModule.vector());
          return switch (kind) {
            case ATTENTION -> {
              Tensor z = at(HookPoint.Z.at(layer));
              yield z.mul(perInput.reshape(z.size(0), z.size(1)))
                  .sum(-1, /* keepAxis= */ false)
                  .toFloats();
            }
            case MLP -> at(HookPoint.MLP_POST.at(layer)).mul(perInput).toFloats();
          };
        });
  }

  /// What the sublayer adds as a whole, in logits.
  double whole(Direction ofStream) {
    return ofStream.of(at(added()));
  }

  /// Where the module's output is, before any norm of it.
  HookName module() {
    return switch (kind) {
      case ATTENTION -> HookPoint.ATTN_MODULE_OUT.at(layer);
      case MLP -> HookPoint.MLP_MODULE_OUT.at(layer);
    };
  }

  /// Where what is added to the stream is.
  HookName added() {
    return switch (kind) {
      case ATTENTION -> HookPoint.ATTN_OUT.at(layer);
      case MLP -> HookPoint.MLP_OUT.at(layer);
    };
  }

  private Tensor at(HookName name) {
    return run.activation(name, position);
  }

  private BlockWeights<Tensor> weights() {
    return run.model().transformer().weights().blocks().get(layer);
  }

  private Linear<Tensor> out() {
    return switch (kind) {
      case ATTENTION -> weights().attention().out();
      case MLP -> weights().mlp().out();
    };
  }

  private @Nullable AffineNorm norm() {
    Architecture architecture = run.model().architecture();
    BlockWeights.Norms<Tensor> norms = weights().norms();
    @Nullable NormWeights<Tensor> after =
        switch (architecture.block().wiring()) {
          case SANDWICH -> kind == Kind.ATTENTION ? norms.ln1Post() : norms.ln2Post();
          case OUTPUT_NORM -> kind == Kind.ATTENTION ? norms.ln1() : norms.ln2();
          case PRE_NORM, PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS, POST_NORM -> null;
        };
    Norm norm = architecture.block().norm();
    return after == null ? null : new AffineNorm(norm, after);
  }
}
