package io.lexiscope.analysis.exit;

import io.lexiscope.analysis.cluster.ValueClusters;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/// From coefficients to the clusters of the dominant sub-updates: those with the largest `|m| ·
/// ‖v‖`.
///
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.1 and §6.2</a>
public final class SubUpdateClusters {
  private final List<float[]> norms;
  private final List<int[]> clusterOf;
  private final int count;

  private SubUpdateClusters(List<float[]> norms, List<int[]> clusterOf, int count) {
    this.norms = norms;
    this.clusterOf = clusterOf;
    this.count = count;
  }

  /// Clusters of a model's value vectors.
  public static SubUpdateClusters of(LanguageModel model, ValueClusters clusters) {
    List<int[]> ids = new ArrayList<>();
    for (int layer = 0; layer < clusters.layers(); layer++) {
      int[] row = new int[clusters.neurons()];
      for (int neuron = 0; neuron < row.length; neuron++) {
        row[neuron] = clusters.clusterOf(layer, neuron);
      }
      ids.add(row);
    }
    return of(model, ids);
  }

  /// Clusters given by number.
  ///
  /// @param clusterOf for each layer the cluster of each neuron, from 0
  /// @throws ExitException if there are not as many as the model has neurons
  public static SubUpdateClusters of(LanguageModel model, List<int[]> clusterOf) {
    int layers = model.architecture().layers();
    int neurons = model.architecture().dimensions().dMlp();
    int count = 0;
    for (int[] row : clusterOf) {
      for (int cluster : row) {
        count = Math.max(count, cluster + 1);
      }
      if (row.length != neurons) {
        throw wrongSize(layers, neurons, clusterOf.size(), row.length);
      }
    }
    if (clusterOf.size() != layers) {
      throw wrongSize(layers, neurons, clusterOf.size(), neurons);
    }
    return new SubUpdateClusters(
        norms(model), clusterOf.stream().map(int[]::clone).toList(), count);
  }

  private static ExitException wrongSize(int layers, int neurons, int gotLayers, int gotNeurons) {
    return new ExitException(
        "exit: expected clusters for %d layers of %d neurons, got %d of %d; learn the rule on this model"
            .formatted(layers, neurons, gotLayers, gotNeurons));
  }

  private static List<float[]> norms(LanguageModel model) {
    return TensorScope.tidy(
        () -> {
          List<float[]> norms = new ArrayList<>();
          model
              .transformer()
              .weights()
              .blocks()
              .forEach(
                  block ->
                      norms.add(
                          TensorScope.tidy(
                              () -> {
                                var rows = Linears.rowsAreInputs(block.mlp().out());
                                return rows.mul(rows)
                                    .sum(1, /* keepAxis= */ false)
                                    .sqrt()
                                    .toFloats();
                              })));
          return norms;
        });
  }

  /// Number of layers.
  public int layers() {
    return clusterOf.size();
  }

  /// Number of clusters.
  public int count() {
    return count;
  }

  /// The cluster of each neuron of a layer.
  public int[] ofLayer(int layer) {
    return clusterOf.get(layer).clone();
  }

  /// The clusters of the dominant sub-updates, most dominant first; ties by lower neuron.
  ///
  /// @param layer from 0
  /// @param coefficients of its neurons, \[d_mlp\]
  /// @param top how many
  public int[] dominant(int layer, float[] coefficients, int top) {
    float[] norm = norms.get(layer);
    int kept = Math.min(top, coefficients.length);
    float[] best = new float[kept];
    int[] neuron = new int[kept];
    int held = 0;
    float[] dominances = new float[coefficients.length];
    for (int i = 0; i < dominances.length; i++) {
      dominances[i] = Math.abs(coefficients[i]) * norm[i];
    }
    for (int i = 0; i < dominances.length; i++) {
      float dominance = dominances[i];
      if (held == kept && !(dominance > best[kept - 1])) {
        continue;
      }
      int at = held < kept ? held++ : kept - 1;
      while (at > 0 && dominance > best[at - 1]) {
        best[at] = best[at - 1];
        neuron[at] = neuron[at - 1];
        at--;
      }
      best[at] = dominance;
      neuron[at] = i;
    }
    int[] clusters = new int[kept];
    for (int i = 0; i < kept; i++) {
      clusters[i] = clusterOf.get(layer)[neuron[i]];
    }
    return clusters;
  }
}
