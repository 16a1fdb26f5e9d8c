package io.lexiscope.analysis.exit;

import io.lexiscope.base.Seeded;
import java.util.Arrays;
import java.util.List;

/// A linear function of a vector, learned by logistic regression.
public final class LinearProbe {
  private static final int PASSES = 40;
  private static final double STEP = 0.02;
  private static final double DECAY = 1e-3;

  private final float[] weights;
  private final double bias;

  /// A probe.
  ///
  /// @param weights \[d_model\]
  /// @param bias added to the inner product
  public LinearProbe(float[] weights, double bias) {
    this.weights = weights.clone();
    this.bias = bias;
  }

  /// Learns which vectors are meant, after scaling every dimension to mean 0 and variance 1, by
  /// AdaGrad over single examples with a weight decay.
  ///
  /// @param vectors the examples, none of them empty
  /// @param meant whether each is
  /// @param seed of the order of the examples
  static LinearProbe learn(List<float[]> vectors, boolean[] meant, long seed) {
    int width = vectors.getFirst().length;
    double[] mean = new double[width];
    double[] deviation = new double[width];
    moments(vectors, mean, deviation);
    double[] weights = new double[width + 1];
    double[] squares = new double[width + 1];
    Arrays.fill(squares, 1e-6);
    int[] order = new int[vectors.size()];
    Arrays.setAll(order, i -> i);
    var random = Seeded.LXM.from(seed);
    double[] x = new double[width + 1];
    x[width] = 1;
    for (int pass = 0; pass < PASSES; pass++) {
      Seeded.shuffle(order, random);
      for (int example : order) {
        float[] vector = vectors.get(example);
        double score = weights[width];
        for (int i = 0; i < width; i++) {
          x[i] = (vector[i] - mean[i]) / deviation[i];
          score += weights[i] * x[i];
        }
        double error = 1 / (1 + Math.exp(-score)) - (meant[example] ? 1 : 0);
        for (int i = 0; i <= width; i++) {
          double gradient = error * x[i] + (i < width ? DECAY * weights[i] : 0);
          squares[i] += gradient * gradient;
          weights[i] -= STEP * gradient / Math.sqrt(squares[i]);
        }
      }
    }
    float[] folded = new float[width];
    double bias = weights[width];
    for (int i = 0; i < width; i++) {
      folded[i] = (float) (weights[i] / deviation[i]);
      bias -= folded[i] * mean[i];
    }
    return new LinearProbe(folded, bias);
  }

  private static void moments(List<float[]> vectors, double[] mean, double[] deviation) {
    for (float[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i] / vectors.size();
      }
    }
    for (float[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        deviation[i] += (vector[i] - mean[i]) * (vector[i] - mean[i]) / vectors.size();
      }
    }
    for (int i = 0; i < mean.length; i++) {
      deviation[i] = Math.sqrt(deviation[i]) + 1e-6;
    }
  }

  /// One weight for each dimension.
  public float[] weights() {
    return weights.clone();
  }

  /// What is added.
  public double bias() {
    return bias;
  }

  /// The log-odds of a vector.
  double score(float[] vector) {
    double sum = bias;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * vector[i];
    }
    return sum;
  }
}
