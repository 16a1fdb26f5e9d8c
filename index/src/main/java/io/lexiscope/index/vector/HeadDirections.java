package io.lexiscope.index.vector;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Linalg;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.List;
import java.util.stream.LongStream;

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
    ModelWeights<Tensor> weights = model.transformer().weights();
    Architecture architecture = model.architecture();
    int size = heads().dHead();
    int group = heads().heads() / heads().kvHeads();
    return TensorScope.tidy(
        () -> {
          Tensor out =
              Linears.matrix(weights.matrix(MatrixKind.W_O.at(layer), architecture)).contiguous();
          Tensor values = Linears.matrix(weights.matrix(MatrixKind.W_V.at(layer), architecture));
          Tensor[] parts = new Tensor[heads().heads()];
          for (int head = 0; head < parts.length; head++) {
            Tensor valuesOfHead = values.narrow(1, (long) (head / group) * size, size);
            Tensor outOfHead = out.narrow(0, (long) head * size, size);
            parts[head] = directions(valuesOfHead, outOfHead);
          }
          return Tensors.cat(List.of(parts), 0);
        });
  }

  /// @param values W_V, [d_model, d_head]
  /// @param out W_O, [d_head, d_model]
  /// @return [count, d_model]
  private Tensor directions(Tensor values, Tensor out) {
    return TensorScope.tidy(
        () -> {
          // A square root halves the digits, so all of it is done in double precision.
          Tensor reads = values.to(DType.FLOAT64);
          Tensor writes = out.to(DType.FLOAT64);
          Tensor root = squareRoot(reads.transpose(0, 1).matmul(reads));
          Tensor both = root.matmul(writes.matmul(writes.transpose(0, 1))).matmul(root);
          Tensor vectors = Linalg.eigh(symmetric(both)).vectors();
          // The largest eigenvalue is the last.
          long[] largest =
              LongStream.range(0, count).map(rank -> heads().dHead() - 1 - rank).toArray();
          Tensor mix = root.matmul(vectors.indexSelect(1, Tensors.ofLongs(largest)));
          return mix.transpose(0, 1).matmul(writes).to(DType.FLOAT32);
        });
  }

  /// The symmetric square root; eigenvalues below 0 by rounding count as 0.
  private static Tensor squareRoot(Tensor matrix) {
    Linalg.Eigen eigen = Linalg.eigh(symmetric(matrix));
    Tensor positive = eigen.values().maskedFill(eigen.values().gt(0).eq(0), 0);
    Tensor vectors = eigen.vectors();
    return vectors.mul(positive.sqrt()).matmul(vectors.transpose(0, 1));
  }

  private static Tensor symmetric(Tensor matrix) {
    return matrix.add(matrix.transpose(0, 1)).mul(0.5);
  }
}
