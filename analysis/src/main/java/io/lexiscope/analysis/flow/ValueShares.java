package io.lexiscope.analysis.flow;

import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.model.Run;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.List;

/// Shares a head's influence among the positions it takes from, by |contribution along what it
/// adds|.
final class ValueShares {
  private ValueShares() {}

  /// Contributions of every position to what each head adds at some positions, along it.
  ///
  /// @param queries positions from 0
  /// @return [head, queries, key_pos]; rows sum to the length of what the head adds
  static Tensor along(HeadLayer attention, List<Integer> queries) {
    return TensorScope.tidy(
        () -> {
          Tensor outputs = attention.outputs(queries);
          Tensor lengths = outputs.norm(-1, /* keepAxis= */ true);
          Tensor unit = outputs.div(lengths.add(Float.MIN_NORMAL));
          Tensor back =
              attention
                  .back(unit, queries)
                  .transpose(0, 1)
                  .matmul(attention.outputMatrices().transpose(1, 2)); // [head, queries, d_head]
          int heads = attention.heads().heads();
          Tensor values =
              Tensors.stack(
                  java.util.stream.IntStream.range(0, heads).mapToObj(attention::values).toList(),
                  0); // [head, key_pos, d_head]
          return back.matmul(values.transpose(1, 2)).mul(attention.pattern(queries));
        });
  }

  /// Adds what each position gives.
  ///
  /// @param heads influence of each head at each position, position by position
  /// @param before what is taken from the stream before the layer, by position; added to
  static void spread(Run run, int layer, List<Integer> positions, double[] heads, double[] before) {
    TensorScope.tidyRun(
        () -> {
          HeadLayer attention = HeadLayer.of(run, layer);
          int count = attention.heads().heads();
          int length = positions.size();
          Tensor along = along(attention, positions).narrow(2, 0, length).abs();
          Tensor shares = along.div(along.sum(-1, /* keepAxis= */ true).add(Float.MIN_NORMAL));
          float[] influence = new float[count * length];
          for (int p = 0; p < length; p++) {
            for (int head = 0; head < count; head++) {
              influence[head * length + p] = (float) heads[p * count + head];
            }
          }
          Tensor given =
              Tensors.of(influence, Shape.of(count, 1, length)).matmul(shares); // [head, 1, key]
          float[] sums = given.sum(0, /* keepAxis= */ false).toFloats();
          for (int key = 0; key < length; key++) {
            before[key] += sums[key];
          }
        });
  }
}
