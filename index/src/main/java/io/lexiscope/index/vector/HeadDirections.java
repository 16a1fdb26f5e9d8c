package io.lexiscope.index.vector;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.family.AttentionWeights;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.List;

/// What a head writes, whatever it reads: the right singular directions of `M = W_V·W_O`, [d_model,
/// d_model], of rank d_head at most, each as long as its singular value.
///
/// M is never formed. With `A = W_Vᵀ·W_V` and `B = W_O·W_Oᵀ`, both [d_head, d_head], the
/// eigenvectors y of `A^½·B·A^½` have the squares of the singular values as eigenvalues, and
/// `W_Oᵀ·A^½·y` is the direction, already as long as its singular value. The weights are taken as
/// stored: no norm's gain is multiplied into W_V.
///
/// @param model whose heads
/// @param count directions of each head, at most d_head
record HeadDirections(LanguageModel model, int count) {

  static HeadDirections of(LanguageModel model, int count) {
    return new HeadDirections(model, count);
  }

  private Attention.Heads heads() {
    return model.architecture().block().attention().heads();
  }

  /// The directions of a layer's heads, [heads · count, d_model].
  Tensor ofLayer(int layer) {
    AttentionWeights<Tensor> weights =
        model.transformer().weights().blocks().get(layer).attention();
    int size = heads().dHead();
    int group = heads().heads() / heads().kvHeads();
    return TensorScope.tidy(
        () -> {
          Tensor out = Linears.rowsAreInputs(weights.out()).contiguous();
          Tensor[] parts = new Tensor[heads().heads()];
          for (int head = 0; head < parts.length; head++) {
            Tensor values = values(weights, head / group);
            Tensor outOfHead = out.narrow(0, (long) head * size, size);
            parts[head] = directions(values, outOfHead);
          }
          return Tensors.cat(List.of(parts), 0);
        });
  }

  /// W_V of a key and value head, [d_model, d_head].
  private Tensor values(AttentionWeights<Tensor> weights, int head) {
    int size = heads().dHead();
    return switch (weights.qkv()) {
      case AttentionWeights.Separate<Tensor> separate ->
          Linears.rowsAreInputs(separate.v()).narrow(1, (long) head * size, size);
      case AttentionWeights.Fused<Tensor> fused -> {
        long start =
            switch (fused.order()) {
              case BLOCKS -> heads().queryWidth() + heads().keyWidth() + (long) head * size;
              case BY_HEAD -> 3L * head * size + 2L * size;
            };
        yield Linears.rowsAreInputs(fused.qkv()).narrow(1, start, size);
      }
    };
  }

  /// @param values W_V, [d_model, d_head]
  /// @param out W_O, [d_head, d_model]
  /// @return [count, d_model]
  private Tensor directions(Tensor values, Tensor out) {
    return TensorScope.tidy(
        () -> {
          int size = heads().dHead();
          double[][] root =
              SymmetricEigen.of(square(values.transpose(0, 1).matmul(values))).squareRoot();
          double[][] reads = square(out.matmul(out.transpose(0, 1)));
          SymmetricEigen eigen = SymmetricEigen.of(times(times(root, reads), root));
          float[] mix = new float[count * size];
          for (int direction = 0; direction < count; direction++) {
            double[] y = eigen.vector(direction);
            for (int i = 0; i < size; i++) {
              double sum = 0;
              for (int j = 0; j < size; j++) {
                sum += root[i][j] * y[j];
              }
              mix[direction * size + i] = (float) sum;
            }
          }
          return Tensors.of(mix, Shape.of(count, size)).matmul(out);
        });
  }

  private static double[][] square(Tensor matrix) {
    float[] values = matrix.toFloats();
    int size = Math.toIntExact(matrix.size(0));
    double[][] rows = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        rows[i][j] = values[i * size + j];
      }
    }
    return rows;
  }

  private static double[][] times(double[][] a, double[][] b) {
    int size = a.length;
    double[][] product = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        double factor = a[i][k];
        for (int j = 0; j < size; j++) {
          product[i][j] += factor * b[k][j];
        }
      }
    }
    return product;
  }
}
