package io.lexiscope.index.vector;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.AttentionWeights;
import io.lexiscope.model.matrix.FusedOrder;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Directions of heads against the product W_V·W_O written out.
class HeadDirectionsTest {
  private static final int LAYER = 1;

  private static void close(double[] actual, double[] expected, Tolerance tolerance) {
    assertClose(floats(actual), floats(expected), tolerance);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[][] doubles(Tensor matrix) {
    return TensorScope.tidy(
        () -> {
          float[] values = matrix.to(DType.FLOAT32).toFloats();
          int width = (int) matrix.size(1);
          double[][] rows = new double[(int) matrix.size(0)][width];
          for (int i = 0; i < values.length; i++) {
            rows[i / width][i % width] = values[i];
          }
          return rows;
        });
  }

  /// M of a head, [d_model, d_model], from single elements.
  private static double[][] product(LanguageModel model, int head) {
    var heads = model.architecture().block().attention().heads();
    int size = heads.dHead();
    var weights = model.transformer().weights().blocks().get(LAYER).attention();
    int kv = head * heads.kvHeads() / heads.heads();
    int first;
    double[][] in;
    switch (weights.qkv()) {
      case AttentionWeights.Separate<Tensor> separate -> {
        in = TensorScope.tidy(() -> doubles(Linears.rowsAreInputs(separate.v())));
        first = kv * size;
      }
      case AttentionWeights.Fused<Tensor> fused -> {
        in = TensorScope.tidy(() -> doubles(Linears.rowsAreInputs(fused.qkv())));
        first =
            fused.order() == FusedOrder.BY_HEAD
                ? (3 * head + 2) * size
                : (heads.heads() + heads.kvHeads() + kv) * size;
      }
    }
    double[][] out = TensorScope.tidy(() -> doubles(Linears.rowsAreInputs(weights.out())));
    int width = in.length;
    double[][] product = new double[width][width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        for (int k = 0; k < size; k++) {
          product[i][j] += in[i][first + k] * out[head * size + k][j];
        }
      }
    }
    return product;
  }

  private static double[] times(double[][] matrix, double[] x) {
    double[] y = new double[matrix.length];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += matrix[i][j] * x[j];
      }
    }
    return y;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] turned = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        turned[j][i] = matrix[i][j];
      }
    }
    return turned;
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "llama-a", "gpt-neox-a", "phi-a", "gemma2-a"})
  void aDirectionIsWhatItsHeadWritesMostAndAsLongAsItsSingularValue(String name) {
    try (LanguageModel model =
        LanguageModel.open(Path.of("../model/src/test/resources/golden", name))) {
      var heads = model.architecture().block().attention().heads();
      int count = heads.dHead();
      double[][] directions =
          TensorScope.tidy(() -> doubles(new HeadDirections(model, count).ofLayer(LAYER)));
      for (int head = 0; head < heads.heads(); head++) {
        double[][] product = product(model, head);
        double energy = 0;
        for (double[] row : product) {
          energy += norm(row) * norm(row);
        }
        double sum = 0;
        double before = Double.POSITIVE_INFINITY;
        for (int rank = 0; rank < count; rank++) {
          double[] direction = directions[head * count + rank];
          double sigma = norm(direction);
          // Mᵀ·M·v = σ²·v for a right singular vector v.
          double[] again = times(transposed(product), times(product, direction));
          double[] expected = direction.clone();
          for (int i = 0; i < expected.length; i++) {
            expected[i] *= sigma * sigma;
          }
          close(again, expected, new Tolerance(1e-4 * energy, 1e-3));
          org.assertj.core.api.Assertions.assertThat(sigma).isLessThanOrEqualTo(before * 1.0001);
          before = sigma;
          sum += sigma * sigma;
        }
        // All singular values together make the Frobenius norm.
        assertClose(sum, energy, new Tolerance(1e-6, 1e-4));
      }
    }
  }
}
