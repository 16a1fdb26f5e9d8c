package io.lexiscope.analysis;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Unembedding;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Final norm and unembedding of a model in plain Java doubles.
public final class Reference {
  private final Norm norm;
  private final double[] gain;
  private final double @Nullable [] shift;
  private final double[] unembed;
  private final double @Nullable [] unembedBias;
  private final double cap;

  public Reference(LanguageModel model) {
    var transformer = model.transformer();
    this.norm = Objects.requireNonNull(model.architecture().output().norm());
    NormWeights<Tensor> weights = Objects.requireNonNull(transformer.weights().output().norm());
    this.gain = doubles(weights.weight());
    if (norm instanceof Norm.RmsNorm rms && rms.unitOffset()) {
      Arrays.setAll(gain, i -> gain[i] + 1);
    }
    this.shift = weights.bias() == null ? null : doubles(weights.bias());
    Unembedding map = transformer.unembedding();
    this.unembed = doubles(map.weight());
    this.unembedBias = map.bias() == null ? null : doubles(map.bias());
    this.cap = map.softCap().orElse(0);
  }

  /// The elements of a tensor.
  public static double[] doubles(Tensor tensor) {
    float[] floats = TensorScope.tidy(() -> tensor.to(DType.FLOAT32).toFloats());
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  /// A row of a matrix stored row by row.
  public static double[] row(double[] matrix, int index, int width) {
    return Arrays.copyOfRange(matrix, index * width, (index + 1) * width);
  }

  private double[] centred(double[] x) {
    if (norm instanceof Norm.RmsNorm) {
      return x.clone();
    }
    double mean = Arrays.stream(x).average().orElseThrow();
    return Arrays.stream(x).map(value -> value - mean).toArray();
  }

  /// The divisor of the final norm for a vector.
  public double scale(double[] x) {
    double square = Arrays.stream(centred(x)).map(value -> value * value).average().orElseThrow();
    return Math.sqrt(square + norm.epsilon());
  }

  /// The final norm with a given divisor.
  public double[] normed(double[] x, double scale, boolean withBias) {
    double[] result = centred(x);
    for (int i = 0; i < result.length; i++) {
      result[i] = result[i] / scale * gain[i] + (withBias && shift != null ? shift[i] : 0);
    }
    return result;
  }

  /// The unembedding, whole, or the matrix alone.
  public double[] logits(double[] x, boolean whole) {
    double[] logits = new double[unembed.length / x.length];
    for (int id = 0; id < logits.length; id++) {
      for (int i = 0; i < x.length; i++) {
        logits[id] += unembed[id * x.length + i] * x[i];
      }
      if (whole && unembedBias != null) {
        logits[id] += unembedBias[id];
      }
      if (whole && cap > 0) {
        logits[id] = cap * Math.tanh(logits[id] / cap);
      }
    }
    return logits;
  }

  /// The unembedding without its soft cap.
  public double[] uncapped(double[] x) {
    double[] logits = logits(x, /* whole= */ false);
    for (int id = 0; id < logits.length; id++) {
      logits[id] += unembedBias == null ? 0 : unembedBias[id];
    }
    return logits;
  }

  /// log Σ exp.
  public static double logSumExp(double[] logits) {
    double max = Arrays.stream(logits).max().orElseThrow();
    return max + Math.log(Arrays.stream(logits).map(l -> Math.exp(l - max)).sum());
  }

  /// Entropy of the softmax in nats.
  public static double entropy(double[] logits) {
    double all = logSumExp(logits);
    return -Arrays.stream(logits).map(l -> Math.exp(l - all) * (l - all)).sum();
  }

  /// Ids, largest logit first, ties by lower id.
  public static int[] ranked(double[] logits) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]).thenComparing(id -> id))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// Euclidean length.
  public static double length(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(value -> value * value).sum());
  }
}
