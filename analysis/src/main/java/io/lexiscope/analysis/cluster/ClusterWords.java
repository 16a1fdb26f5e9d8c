package io.lexiscope.analysis.cluster;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.Unembedding;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// The words that a cluster's vectors promote most on average: the largest scores `e_w·v` of their
/// mean, which order the words as the sum of all members' scores does.
///
/// @param top largest first
/// @param cohesion mean cosine of two members, themselves included: 1 where all point one way
public record ClusterWords(List<Word> top, double cohesion) {
  /// A word.
  ///
  /// @param id in the vocabulary
  /// @param score mean over the members
  /// @param probability softmax of the mean scores
  public record Word(int id, float score, double probability) {}

  /// Copies the list.
  public ClusterWords {
    top = List.copyOf(top);
  }

  /// The words of every cluster.
  ///
  /// @param count how many words of each
  public static List<ClusterWords> of(LanguageModel model, ValueClusters clusters, int count) {
    return TensorScope.tidy(
        () -> {
          int k = clusters.partition().count();
          int width = model.architecture().dModel();
          float[] sums = new float[k * width];
          float[] units = new float[k * width];
          for (int layer = 0; layer < clusters.layers(); layer++) {
            add(model, clusters, layer, sums, units);
          }
          double[] cohesion = new double[k];
          for (int cluster = 0; cluster < k; cluster++) {
            float size = clusters.partition().sizeOf(cluster);
            for (int i = cluster * width; i < (cluster + 1) * width; i++) {
              sums[i] /= size;
              cohesion[cluster] += Math.pow(units[i] / (double) size, 2);
            }
          }
          List<VocabularyReading> readings =
              read(model, Tensors.of(sums, Shape.of(k, width)), count);
          List<ClusterWords> words = new ArrayList<>();
          for (int cluster = 0; cluster < k; cluster++) {
            VocabularyReading reading = readings.get(cluster);
            words.add(
                new ClusterWords(
                    reading.top().stream()
                        .map(
                            word ->
                                new Word(
                                    word.id(), word.logit(), reading.probability(word.logit())))
                        .toList(),
                    cohesion[cluster]));
          }
          return words;
        });
  }

  private static void add(
      LanguageModel model, ValueClusters clusters, int layer, float[] sums, float[] units) {
    float[] rows =
        TensorScope.tidy(
            () ->
                Linears.rowsAreInputs(model.transformer().weights().blocks().get(layer).mlp().out())
                    .toFloats());
    int width = model.architecture().dModel();
    for (int neuron = 0; neuron < clusters.neurons(); neuron++) {
      int into = clusters.clusterOf(layer, neuron) * width;
      double square = 0;
      for (int i = 0; i < width; i++) {
        square += (double) rows[neuron * width + i] * rows[neuron * width + i];
      }
      float scale = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
      for (int i = 0; i < width; i++) {
        sums[into + i] += rows[neuron * width + i];
        units[into + i] += scale * rows[neuron * width + i];
      }
    }
  }

  private static List<VocabularyReading> read(LanguageModel model, Tensor means, int count) {
    if (!model.transformer().hasUnembedding()) {
      throw new ClusterException(
          "clusters: expected a model with an unembedding, got family %s without a language head"
              .formatted(model.architecture().family()));
    }
    Linear<Tensor> projection = model.transformer().weights().output().projectOut();
    Tensor read = projection == null ? means : means.matmul(Linears.rowsAreInputs(projection));
    return VocabularyReadout.read(
        read.to(DType.FLOAT32),
        new Unembedding(
            model.transformer().unembedding().weight(), /* bias= */ null, OptionalDouble.empty()),
        VocabularyReadout.Request.top(count));
  }
}
