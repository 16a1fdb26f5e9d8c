package io.lexiscope.analysis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.model.LanguageModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Value vectors of real layouts, clustered.
class ValueClusteringTest {
  @ParameterizedTest
  @EnumSource(names = {"GPT2", "LLAMA"})
  void everyNeuronHasOneOfTheClustersAskedFor(Golden golden) {
    try (LanguageModel model = golden.open()) {
      int layers = model.architecture().layers();
      int neurons = model.architecture().dimensions().dMlp();

      ValueClusters clusters = ValueClustering.of(model).cut(20);

      assertThat(clusters.partition().count()).isEqualTo(20);
      assertThat(clusters.partition().size()).isEqualTo(layers * neurons);
      assertThat(clusters.clusterOf(0, 0)).isZero();
      assertThat(clusters.clusterOf(layers - 1, neurons - 1)).isBetween(0, 19);
      assertThatThrownBy(() -> clusters.clusterOf(layers, 0))
          .hasMessageStartingWith("clusters: expected a layer below " + layers);
    }
  }
}
