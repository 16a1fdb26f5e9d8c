package io.lexiscope.analysis.cluster;

import io.lexiscope.analysis.ffn.ExtremeSubUpdate;
import io.lexiscope.model.place.NeuronName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The clusters of value vectors that extreme scores come from: the fewest, those with most
/// appearances first, that cover a given share of all appearances.
///
/// The paper chose its clusters by eye from counts like these, and published neither the clusters
/// nor where it cut. The share is ours.
///
/// @param groups most appearances first; of equal ones the lower cluster
/// @param appearances extreme sub-updates in all
/// @param covered of them, those of the groups
/// @param ofAll members of the groups as a share of all value vectors
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.2</a>
public record FunctionalGroups(List<Group> groups, int appearances, int covered, double ofAll) {
  /// Prompts of so many tokens or fewer count as short, as in the paper.
  private static final int SHORT = 3;

  /// Copies the list.
  public FunctionalGroups {
    groups = List.copyOf(groups);
  }

  /// A cluster.
  ///
  /// @param cluster its number
  /// @param members all of its neurons, by layer and number
  /// @param seen how its sub-updates appeared among the extreme
  public record Group(int cluster, List<NeuronName> members, Seen seen) {
    /// Copies the list.
    public Group {
      members = List.copyOf(members);
    }
  }

  /// Appearances of a cluster.
  ///
  /// @param appearances how many extreme sub-updates were its members'
  /// @param score their mean score for the leading word, logits
  /// @param shortPrompts share of them in prompts of three tokens or fewer
  /// @param settled share of them where the leading word is the model's answer
  public record Seen(int appearances, double score, double shortPrompts, double settled) {}

  /// Finds the groups.
  ///
  /// @param clusters of all value vectors
  /// @param extremes what passed the threshold
  /// @param coverage share of the appearances to cover, above 0 and up to 1
  /// @throws ClusterException if the coverage is no such share
  public static FunctionalGroups of(
      ValueClusters clusters, List<ExtremeSubUpdate> extremes, double coverage) {
    if (!(coverage > 0 && coverage <= 1)) {
      throw new ClusterException(
          "groups: expected a coverage above 0 and up to 1, got " + coverage);
    }
    Map<Integer, List<ExtremeSubUpdate>> byCluster = new TreeMap<>();
    for (ExtremeSubUpdate extreme : extremes) {
      int cluster = clusters.clusterOf(extreme.neuron().layer(), extreme.neuron().index());
      byCluster.computeIfAbsent(cluster, none -> new ArrayList<>()).add(extreme);
    }
    List<Map.Entry<Integer, List<ExtremeSubUpdate>>> order = new ArrayList<>(byCluster.entrySet());
    // The sort is stable, and the map is in the clusters' order.
    order.sort(Comparator.comparingInt(entry -> -entry.getValue().size()));
    List<Group> groups = new ArrayList<>();
    int covered = 0;
    int vectors = 0;
    for (var entry : order) {
      if (covered >= coverage * extremes.size()) {
        break;
      }
      Group group = group(clusters, entry.getKey(), entry.getValue());
      groups.add(group);
      covered += group.seen().appearances();
      vectors += group.members().size();
    }
    return new FunctionalGroups(
        groups,
        extremes.size(),
        covered,
        vectors / (double) (clusters.layers() * clusters.neurons()));
  }

  private static Group group(ValueClusters clusters, int cluster, List<ExtremeSubUpdate> seen) {
    int neurons = clusters.neurons();
    return new Group(
        cluster,
        clusters
            .partition()
            .members(cluster)
            .mapToObj(thing -> new NeuronName(thing / neurons, thing % neurons))
            .toList(),
        new Seen(
            seen.size(),
            seen.stream().mapToDouble(ExtremeSubUpdate::score).average().orElse(0),
            seen.stream().filter(one -> one.tokens() <= SHORT).count() / (double) seen.size(),
            seen.stream().filter(ExtremeSubUpdate::settled).count() / (double) seen.size()));
  }

  /// The members of all groups.
  public Set<NeuronName> members() {
    Set<NeuronName> all = new HashSet<>();
    groups.forEach(group -> all.addAll(group.members()));
    return all;
  }
}
