package io.lexiscope.analysis.exit;

import io.lexiscope.model.generate.ExitPoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Leaves after layer `l` when both the average and the largest overlap of the clusters of its
/// dominant sub-updates with those of examples that saturated at `l` (T) exceed those with examples
/// that saturated at each later `l'` (N).
///
/// No model is trained; it is a comparison with stored examples. Averages come from counts in
/// `O(top)`; the largest overlap is looked for only where the average passes, and with the later
/// examples only until one reaches that of T. A group without examples sets no bar; without T it
/// never leaves.
///
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §6.2 and App. A.5</a>
public final class SubUpdateRule implements LearnedRule {
  /// Dominant sub-updates of a layer that are compared.
  public static final int TOP = 10;

  private final Overlap overlap;
  private final @Nullable SubUpdateClusters clusters;
  private final List<LayerMemory> memories;

  private SubUpdateRule(
      Overlap overlap, @Nullable SubUpdateClusters clusters, List<LayerMemory> memories) {
    this.overlap = overlap;
    this.clusters = clusters;
    this.memories = memories;
  }

  /// Remembers examples.
  ///
  /// @param traces the examples
  /// @param overlap how they are compared
  /// @param clusters takes coefficients to clusters in generation; null for a rule that is tried on
  ///   traces only
  public static SubUpdateRule learn(
      ExitTraces traces, Overlap overlap, @Nullable SubUpdateClusters clusters) {
    List<LayerMemory> memories = new ArrayList<>();
    for (int layer = 0; layer < traces.layers() - 1; layer++) {
      List<List<int[]>> groups = new ArrayList<>();
      for (int saturation = layer; saturation < traces.layers(); saturation++) {
        groups.add(new ArrayList<>());
      }
      for (int example = 0; example < traces.size(); example++) {
        if (traces.saturation(example) >= layer) {
          groups
              .get(traces.saturation(example) - layer)
              .add(traces.sight(example, layer).clusters());
        }
      }
      memories.add(new LayerMemory(overlap, groups));
    }
    return new SubUpdateRule(overlap, clusters, memories);
  }

  /// Takes up remembered examples again.
  ///
  /// @param groups for each layer but the last, for each saturation layer from this one on, the
  ///   clusters of each example
  public static SubUpdateRule of(
      List<List<List<int[]>>> groups, Overlap overlap, SubUpdateClusters clusters) {
    return new SubUpdateRule(
        overlap, clusters, groups.stream().map(layer -> new LayerMemory(overlap, layer)).toList());
  }

  /// How examples are compared.
  public Overlap overlap() {
    return overlap;
  }

  /// What is remembered of a layer, by saturation layer from this one on.
  public List<List<int[]>> groups(int layer) {
    return memories.get(layer).groups();
  }

  /// Takes coefficients to clusters.
  public @Nullable SubUpdateClusters clusters() {
    return clusters;
  }

  @Override
  public boolean looksAt(int layer) {
    return layer < memories.size() && memories.get(layer).canLeave();
  }

  @Override
  public boolean readsCoefficients() {
    return true;
  }

  @Override
  public boolean leaves(ExitPoint here) {
    SubUpdateClusters map = clusters;
    if (map == null) {
      throw new ExitException(
          "exit: expected a rule with clusters of neurons, got one for traces only");
    }
    return leaves(here.layer(), map.dominant(here.layer(), here.coefficients(), TOP));
  }

  @Override
  public boolean leaves(int layer, ExitTraces.Sight sight) {
    return leaves(layer, sight.clusters());
  }

  private boolean leaves(int layer, int[] dominant) {
    return looksAt(layer) && memories.get(layer).leaves(dominant);
  }
}
