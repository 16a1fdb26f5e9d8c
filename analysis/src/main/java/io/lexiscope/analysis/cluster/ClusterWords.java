package io.lexiscope.analysis.cluster;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The words that a cluster's vectors promote most on average, against the mean word: those of
/// their mean, which order words as the sum of all members' scores does.
///
/// @param top largest first
public record ClusterWords(List<TokenReading> top) {
  /// Copies the list.
  public ClusterWords {
    top = List.copyOf(top);
  }

  /// The words of every cluster.
  ///
  /// @param count how many words of each
  public static List<ClusterWords> of(LanguageModel model, ValueClusters clusters, int count) {
    List<Integer> all = new ArrayList<>();
    for (int cluster = 0; cluster < clusters.partition().count(); cluster++) {
      all.add(cluster);
    }
    return of(model, clusters, all, count);
  }

  /// The words of some clusters.
  ///
  /// @param some numbers of clusters
  /// @param count how many words of each
  public static List<ClusterWords> of(
      LanguageModel model, ValueClusters clusters, List<Integer> some, int count) {
    if (!model.transformer().hasUnembedding()) {
      throw new ClusterException(
          "clusters: expected a model with an unembedding, got family %s without a language head; give a causal model"
              .formatted(model.architecture().family()));
    }
    if (some.isEmpty()) {
      return List.of();
    }
    int width = model.architecture().dModel();
    int[] rows = new int[clusters.partition().count()];
    Arrays.fill(rows, -1);
    for (int row = 0; row < some.size(); row++) {
      rows[some.get(row)] = row;
    }
    float[] means = new float[some.size() * width];
    for (int layer = 0; layer < clusters.layers(); layer++) {
      add(model, clusters, layer, rows, means);
    }
    for (int row = 0; row < some.size(); row++) {
      float size = clusters.partition().sizeOf(some.get(row));
      for (int i = row * width; i < (row + 1) * width; i++) {
        means[i] /= size;
      }
    }
    List<VectorReading> readings =
        TensorScope.tidy(
            () ->
                model
                    .reader()
                    .read(
                        Tensors.of(means, Shape.of(some.size(), width)),
                        ReadingRequest.words(count, 0)));
    return readings.stream().map(reading -> new ClusterWords(reading.top())).toList();
  }

  private static void add(
      LanguageModel model, ValueClusters clusters, int layer, int[] rows, float[] means) {
    float[] vectors =
        TensorScope.tidy(
            () ->
                Linears.rowsAreInputs(model.transformer().weights().blocks().get(layer).mlp().out())
                    .toFloats());
    int width = model.architecture().dModel();
    for (int neuron = 0; neuron < clusters.neurons(); neuron++) {
      int row = rows[clusters.clusterOf(layer, neuron)];
      for (int i = 0; row >= 0 && i < width; i++) {
        means[row * width + i] += vectors[neuron * width + i];
      }
    }
  }
}
