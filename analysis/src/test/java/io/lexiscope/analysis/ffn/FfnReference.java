package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.Reference;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.WeightLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sub-updates of one layer at one position in plain Java doubles.
final class FfnReference {
  final double[] coefficients;
  private final double[] weight;
  private final double @Nullable [] bias;
  private final Linear<Tensor> out;
  private final int width;
  private final @Nullable NormWeights<Tensor> after;
  private final Norm norm;
  private final double divisor;

  FfnReference(Run run, int layer, int position) {
    LanguageModel model = run.model();
    BlockWeights<Tensor> block = model.transformer().weights().blocks().get(layer);
    this.width = model.architecture().dModel();
    this.out = block.mlp().out();
    this.weight = Reference.doubles(out.weight());
    this.bias = out.bias() == null ? null : Reference.doubles(out.bias());
    this.coefficients =
        Reference.row(
            Reference.doubles(run.activation(HookPoint.MLP_POST.at(layer))),
            position,
            model.architecture().dimensions().dMlp());
    Wiring wiring = model.architecture().block().wiring();
    this.after =
        wiring == Wiring.SANDWICH
            ? block.norms().ln2Post()
            : wiring == Wiring.OUTPUT_NORM ? block.norms().ln2() : null;
    this.norm = model.architecture().block().norm();
    double[] module = moduleSum();
    double square = 0;
    for (double value : centred(module)) {
      square += value * value / width;
    }
    this.divisor = after == null ? 1 : Math.sqrt(square + norm.epsilon());
  }

  /// A row of W_out.
  double[] value(int neuron) {
    double[] row = new double[width];
    for (int i = 0; i < width; i++) {
      row[i] =
          out.layout() == WeightLayout.IN_OUT
              ? weight[neuron * width + i]
              : weight[i * coefficients.length + neuron];
    }
    return row;
  }

  /// What the module gives before any norm of it.
  double[] moduleSum() {
    double[] sum = bias == null ? new double[width] : bias.clone();
    for (int neuron = 0; neuron < coefficients.length; neuron++) {
      double[] value = value(neuron);
      for (int i = 0; i < width; i++) {
        sum[i] += coefficients[neuron] * value[i];
      }
    }
    return sum;
  }

  /// A value vector as it reaches the stream.
  double[] inStream(int neuron) {
    return toStream(value(neuron), /* shifted= */ false);
  }

  /// What is added beside the neurons.
  double[] constant() {
    return toStream(bias == null ? new double[width] : bias, /* shifted= */ true);
  }

  private double[] toStream(double[] vector, boolean shifted) {
    NormWeights<Tensor> weights = after;
    if (weights == null) {
      return vector.clone();
    }
    double[] gain = Reference.doubles(weights.weight());
    double[] shift = weights.bias() == null ? new double[width] : Reference.doubles(weights.bias());
    double offset = norm instanceof Norm.RmsNorm rms && rms.unitOffset() ? 1 : 0;
    double[] result = centred(vector);
    for (int i = 0; i < width; i++) {
      result[i] = result[i] / divisor * (gain[i] + offset) + (shifted ? shift[i] : 0);
    }
    return result;
  }

  private double[] centred(double[] x) {
    double mean = norm instanceof Norm.LayerNorm ? Arrays.stream(x).average().orElseThrow() : 0;
    return Arrays.stream(x).map(value -> value - mean).toArray();
  }

  static double[] times(double factor, double[] x) {
    return Arrays.stream(x).map(value -> factor * value).toArray();
  }

  static double[] plus(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }
}
