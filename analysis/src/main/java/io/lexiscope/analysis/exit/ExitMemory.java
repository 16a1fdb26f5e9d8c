package io.lexiscope.analysis.exit;

import io.lexiscope.model.LanguageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Remembered examples, by the clusters of their dominant sub-updates.
///
/// @param ranked whether clusters are compared rank by rank (the authors' code) or as sets (the
///   paper)
/// @param clusters for each layer the cluster of each neuron
/// @param layers for each layer but the last what is remembered there
public record ExitMemory(
    boolean ranked, List<List<Integer>> clusters, List<ExitMemoryLayer> layers) {
  /// Copies the lists.
  public ExitMemory {
    clusters = clusters.stream().map(List::copyOf).toList();
    layers = List.copyOf(layers);
  }

  /// Of a rule.
  ///
  /// @param rule made for generation: it holds its clusters
  public static ExitMemory of(SubUpdateRule rule) {
    SubUpdateClusters clusters = Objects.requireNonNull(rule.clusters(), "made for generation");
    List<List<Integer>> ids = new ArrayList<>();
    for (int layer = 0; layer < clusters.layers(); layer++) {
      ids.add(Arrays.stream(clusters.ofLayer(layer)).boxed().toList());
    }
    List<ExitMemoryLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < clusters.layers() - 1; layer++) {
      List<List<int[]>> groups = rule.groups(layer);
      List<ExitMemoryExample> examples = new ArrayList<>();
      for (int later = 0; later < groups.size(); later++) {
        for (int[] row : groups.get(later)) {
          examples.add(new ExitMemoryExample(layer + later, Arrays.stream(row).boxed().toList()));
        }
      }
      layers.add(new ExitMemoryLayer(examples));
    }
    return new ExitMemory(rule.overlap() == Overlap.RANK, ids, layers);
  }

  /// The rule.
  ///
  /// @param model whose value vectors are clustered
  /// @throws ExitException if it is not one for such a network
  public SubUpdateRule rule(LanguageModel model) {
    int count = model.architecture().layers();
    SubUpdateClusters made =
        SubUpdateClusters.of(model, clusters.stream().map(ExitMemory::ints).toList());
    ExitException.requireLayers(count - 1, layers.size());
    List<List<List<int[]>>> groups = new ArrayList<>();
    for (int layer = 0; layer < count - 1; layer++) {
      List<List<int[]>> here = new ArrayList<>();
      for (int later = layer; later < count; later++) {
        here.add(new ArrayList<>());
      }
      for (ExitMemoryExample example : layers.get(layer).examples()) {
        if (example.saturation() < layer || example.saturation() >= count) {
          throw ExitException.rule(
              "examples that saturate from layer %d to %d".formatted(layer, count - 1),
              String.valueOf(example.saturation()));
        }
        here.get(example.saturation() - layer).add(ints(example.clusters()));
      }
      groups.add(here);
    }
    return SubUpdateRule.of(groups, ranked ? Overlap.RANK : Overlap.SET, made);
  }

  private static int[] ints(List<Integer> numbers) {
    if (numbers.stream().anyMatch(number -> number < 0)) {
      throw ExitException.rule("clusters from 0", "a negative one");
    }
    return numbers.stream().mapToInt(number -> number).toArray();
  }
}
