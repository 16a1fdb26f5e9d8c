package io.lexiscope.analysis.attention;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Patterns of heads as plain numbers.
public final class HeadPatterns {
  private HeadPatterns() {}

  /// The pattern of one head.
  ///
  /// @param run that recorded what [HeadReader#recording] says
  /// @param layer from 0
  /// @param head from 0
  /// @return one row for each position that looks, with a weight for every position up to it; all
  ///   positions where the model looks ahead
  /// @throws AttentionException if there is no such head
  public static List<List<Double>> of(Run run, int layer, int head) {
    HeadLayer heads = HeadLayer.of(run, layer);
    heads.requireHead(head);
    int length = run.length();
    float[] weights =
        TensorScope.tidy(
            () ->
                heads
                    .pattern(IntStream.range(0, length).boxed().toList())
                    .select(0, head)
                    .toFloats());
    List<List<Double>> rows = new ArrayList<>();
    for (int query = 0; query < length; query++) {
      int seen = heads.kind().mask().causal() ? query + 1 : length;
      List<Double> row = new ArrayList<>(seen);
      for (int key = 0; key < seen; key++) {
        row.add((double) weights[query * length + key]);
      }
      rows.add(row);
    }
    return rows;
  }

  /// The key and value head that a query head reads.
  public static int kvHead(LanguageModel model, int head) {
    var heads = model.architecture().block().attention().heads();
    return head / (heads.heads() / heads.kvHeads());
  }
}
