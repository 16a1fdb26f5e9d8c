package io.lexiscope.analysis.ffn;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Norm;
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

/// The value vectors of one layer (the rows of W_out) on their way to the residual stream. Where a
/// norm stands after the FFN they go through its gain, and its divisor is kept apart.
///
/// @param layer from 0
/// @param out W_out and its bias
/// @param outputNorm the norm after the FFN, or null
record ValueVectors(int layer, Linear<Tensor> out, @Nullable AffineNorm outputNorm) {

  static ValueVectors of(LanguageModel model, int layer) {
    int layers = model.architecture().layers();
    if (layer < 0 || layer >= layers) {
      throw new FfnException(
          "ffn: expected a layer from 0 to %d, got %d".formatted(layers - 1, layer));
    }
    BlockWeights<Tensor> block = model.transformer().weights().blocks().get(layer);
    Norm kind = model.architecture().block().norm();
    @Nullable NormWeights<Tensor> after =
        switch (model.architecture().block().wiring()) {
          case SANDWICH -> block.norms().ln2Post();
          case OUTPUT_NORM -> block.norms().ln2();
          case PRE_NORM, PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS, POST_NORM -> null;
        };
    return new ValueVectors(
        layer, block.mlp().out(), after == null ? null : new AffineNorm(kind, after));
  }

  /// The rows of W_out as stored, [d_mlp, d_model], float32.
  Tensor rows() {
    return Linears.rowsAreInputs(out);
  }

  /// Some value vectors as they reach the stream, for a divisor of 1, [neurons, d_model].
  Tensor pick(List<Integer> neurons) {
    return TensorScope.tidy(
        () -> {
          Tensor ids = Tensors.ofLongs(neurons.stream().mapToLong(Integer::longValue).toArray());
          return toStream(Linears.rowsOfInputs(out, ids));
        });
  }

  /// All value vectors as they reach the stream, for a divisor of 1, [d_mlp, d_model]; a view of
  /// the weights where nothing norms the output.
  Tensor all() {
    return TensorScope.tidy(() -> toStream(rows()));
  }

  /// Vectors of the module's output as they reach the stream, without the norm's shift and for a
  /// divisor of 1.
  ///
  /// @param vectors [..., d_model]
  private Tensor toStream(Tensor vectors) {
    return outputNorm == null ? vectors : outputNorm.centred(vectors).mul(outputNorm.gain());
  }

  /// Directions of the stream as directions of the module's output: the transpose of [#toStream].
  ///
  /// @param directions [..., d_model]
  Tensor back(Tensor directions) {
    return outputNorm == null ? directions : outputNorm.centred(directions.mul(outputNorm.gain()));
  }

  /// Length of each value vector as it reaches the stream, for a divisor of 1.
  float[] norms() {
    return TensorScope.tidy(() -> all().norm(-1, /* keepAxis= */ false).toFloats());
  }

  /// The divisor that the output's norm had; 1 where there is none.
  double divisor(Run run, int position) {
    if (outputNorm == null) {
      return 1;
    }
    return TensorScope.tidy(
        () ->
            outputNorm.scale(run.activation(HookPoint.MLP_MODULE_OUT.at(layer), position)).item());
  }

  /// What is added whatever the neurons do: the bias of W_out, and the shift of the norm after it,
  /// [d_model]; null where there is neither.
  Tensor constant(double divisor, int width) {
    return TensorScope.tidy(
        () -> {
          Tensor own =
              out.bias() == null
                  ? Tensors.zeros(Shape.of(width))
                  : toStream(out.bias().to(DType.FLOAT32)).div(divisor);
          @Nullable Tensor shift = outputNorm == null ? null : outputNorm.weights().bias();
          return shift == null ? own : own.add(shift);
        });
  }

  boolean hasConstant() {
    return out.bias() != null || (outputNorm != null && outputNorm.weights().bias() != null);
  }
}
