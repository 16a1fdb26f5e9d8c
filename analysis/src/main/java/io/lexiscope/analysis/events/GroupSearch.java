package io.lexiscope.analysis.events;

import io.lexiscope.analysis.cluster.ClusterWords;
import io.lexiscope.analysis.cluster.FunctionalGroups;
import io.lexiscope.analysis.cluster.GroupKnockout;
import io.lexiscope.analysis.cluster.ValueClustering;
import io.lexiscope.analysis.cluster.ValueClusters;
import io.lexiscope.analysis.ffn.EventStatistics;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the groups of value vectors behind extreme scores and switches each off.
///
/// @param model that was looked at
/// @param statistics of it
/// @param prompts they are of
/// @param seed of the random neurons
record GroupSearch(
    LanguageModel model, EventStatistics statistics, List<TokenIds> prompts, long seed) {
  /// The paper's 98,304 value vectors in 10,000 clusters.
  private static final int VECTORS_TO_A_CLUSTER = 10;

  private static final double COVERAGE = 0.9;
  private static final int MOST_GROUPS = 12;
  private static final int MOST_PROMPTS = 200;
  private static final int COMMON_WORDS = 100;
  private static final int WORDS = 10;

  /// @param asked number of clusters, 0 for a tenth of the value vectors
  FunctionalGroupsView find(int asked, Turn turn) {
    int vectors = model.architecture().layers() * model.architecture().dimensions().dMlp();
    int k = asked == 0 ? Math.max(1, vectors / VECTORS_TO_A_CLUSTER) : asked;
    ValueClusters clusters =
        turn.take(
            () ->
                ValueClustering.of(model)
                    .watchedBy(
                        (done, total) -> {
                          if (done % 256 == 0) {
                            turn.progress(done, total, "merges of clusters");
                            turn.letOthersPass();
                          }
                        })
                    .cut(k));
    FunctionalGroups found = FunctionalGroups.of(clusters, statistics.extremes(), COVERAGE);
    List<ClusterWords> words = turn.take(() -> ClusterWords.of(model, clusters, WORDS));
    List<TokenIds> asked200 = prompts.subList(0, Math.min(MOST_PROMPTS, prompts.size()));
    GroupKnockout knockout = turn.take(() -> GroupKnockout.of(model, asked200));
    Frequencies frequencies = Frequencies.of(prompts);
    List<FunctionalGroups.Group> shown =
        found.groups().subList(0, Math.min(MOST_GROUPS, found.groups().size()));
    int[] done = {0};
    List<FunctionalGroupView> views =
        shown.stream()
            .map(
                group -> {
                  turn.progress(done[0]++, shown.size(), "groups");
                  return view(
                      group, found, words.get(group.cluster()), knockout, frequencies, turn);
                })
            .toList();
    Set<NeuronName> members = found.members();
    return new FunctionalGroupsView(
        k,
        found.appearances(),
        found.covered(),
        members.size(),
        found.ofAll(),
        asked200.size(),
        views,
        statistics.leadingWithout(members));
  }

  private FunctionalGroupView view(
      FunctionalGroups.Group group,
      FunctionalGroups all,
      ClusterWords words,
      GroupKnockout knockout,
      Frequencies frequencies,
      Turn turn) {
    GroupKnockout.Effect effect = turn.take(() -> knockout.without(group.members()));
    GroupKnockout.Effect random =
        turn.take(() -> knockout.without(GroupKnockout.matched(model, group.members(), seed)));
    List<Integer> ids = words.top().stream().map(TokenReading::id).toList();
    double common = frequencies.common(ids);
    return new FunctionalGroupView(
        group.cluster(),
        common >= 0.5
            ? "common words"
            : frequencies.unseen(ids) >= 0.5 ? "rare words" : "other words",
        common,
        group.seen().appearances(),
        group.seen().appearances() / (double) all.appearances(),
        group.seen().score(),
        group.seen().shortPrompts(),
        group.seen().settled(),
        group.members().stream().map(NeuronName::toString).toList(),
        words.top(),
        share(effect.changed()),
        share(random.changed()),
        mean(effect.logProbability()),
        mean(random.logProbability()));
  }

  private static Estimate share(List<Double> changed) {
    long hits = changed.stream().filter(one -> one > 0).count();
    return Estimate.proportion(hits, changed.size());
  }

  private static Estimate mean(List<Double> nats) {
    return Estimate.mean(nats.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// How often tokens stand in the prompts.
  private record Frequencies(Set<Integer> common, Set<Integer> seen) {
    static Frequencies of(List<TokenIds> prompts) {
      Map<Integer, Integer> counts = new HashMap<>();
      prompts.forEach(prompt -> prompt.stream().forEach(id -> counts.merge(id, 1, Integer::sum)));
      Set<Integer> common =
          counts.entrySet().stream()
              .sorted(
                  Comparator.comparingInt((Map.Entry<Integer, Integer> entry) -> -entry.getValue())
                      .thenComparing(Map.Entry::getKey))
              .limit(COMMON_WORDS)
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      return new Frequencies(common, new HashSet<>(counts.keySet()));
    }

    double common(List<Integer> ids) {
      return ids.stream().filter(common::contains).count() / (double) Math.max(1, ids.size());
    }

    double unseen(List<Integer> ids) {
      return ids.stream().filter(id -> !seen.contains(id)).count()
          / (double) Math.max(1, ids.size());
    }
  }
}
