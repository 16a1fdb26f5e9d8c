package io.lexiscope.analysis.flow;

import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One MLP at one position as the sum of its neurons and biases, through any norm after it at the
/// scale it had.
///
/// @param run what happened
/// @param layer from 0
/// @param position from 0
record MlpParts(Run run, int layer, int position) {

  /// Whether neurons were recorded there.
  boolean hasNeurons() {
    return run.has(HookPoint.MLP_POST.at(layer))
        && run.positions(HookPoint.MLP_POST.at(layer)).contains(position);
  }

  /// Coefficients, \[d_mlp\].
  Tensor coefficients() {
    return run.activation(HookPoint.MLP_POST.at(layer), position);
  }

  /// What each neuron adds along a direction of the stream, \[d_mlp\].
  Tensor along(Tensor direction) {
    return TensorScope.tidy(
        () -> {
          AffineNorm norm = normAfter();
          Tensor back =
              norm == null
                  ? direction
                  : norm.centred(direction.mul(norm.gain()).unsqueeze(0))
                      .squeeze(0)
                      .div(scale(norm));
          return Linears.rowsAreInputs(out()).matmul(back).mul(coefficients());
        });
  }

  /// What some neurons add to the stream, [neurons, d_model].
  Tensor vectors(List<Integer> neurons) {
    return TensorScope.tidy(
        () -> {
          Tensor indices =
              Tensors.ofLongs(neurons.stream().mapToLong(Integer::longValue).toArray());
          Tensor rows =
              Linears.rowsOfInputs(out(), indices)
                  .mul(coefficients().indexSelect(0, indices).reshape(-1, 1));
          AffineNorm norm = normAfter();
          return norm == null ? rows : norm.centred(rows).div(scale(norm)).mul(norm.gain());
        });
  }

  /// What the biases add, \[d_model\]; null where there are none.
  @Nullable Tensor bias() {
    AffineNorm norm = normAfter();
    Tensor bias = out().bias();
    Tensor shift = norm == null ? null : norm.weights().bias();
    if (bias == null && shift == null) {
      return null;
    }
    return TensorScope.tidy(
        () -> {
          Tensor sum =
              bias == null
                  ? Tensors.zeros(Shape.of(run.model().architecture().dModel()))
                  : bias.to(DType.FLOAT32);
          Tensor added =
              norm == null
                  ? sum.copy()
                  : norm.centred(sum.unsqueeze(0)).squeeze(0).div(scale(norm)).mul(norm.gain());
          return shift == null ? added : added.add(shift);
        });
  }

  private double scale(AffineNorm norm) {
    return TensorScope.tidy(
        () -> {
          Tensor module = coefficients().unsqueeze(0).matmul(Linears.rowsAreInputs(out()));
          Tensor bias = out().bias();
          return norm.scale(bias == null ? module : module.add(bias.to(DType.FLOAT32))).item();
        });
  }

  private BlockWeights<Tensor> weights() {
    return run.model().transformer().weights().blocks().get(layer);
  }

  private Linear<Tensor> out() {
    return weights().mlp().out();
  }

  private @Nullable AffineNorm normAfter() {
    Architecture architecture = run.model().architecture();
    BlockWeights.Norms<Tensor> norms = weights().norms();
    NormWeights<Tensor> after =
        switch (architecture.block().wiring()) {
          case SANDWICH -> norms.ln2Post();
          case OUTPUT_NORM -> norms.ln2();
          case PRE_NORM, PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS, POST_NORM -> null;
        };
    return after == null ? null : new AffineNorm(architecture.block().norm(), after);
  }
}
