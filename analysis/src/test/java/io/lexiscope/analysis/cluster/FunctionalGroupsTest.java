package io.lexiscope.analysis.cluster;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.ffn.EventStatistics;
import io.lexiscope.analysis.ffn.ExtremeSubUpdate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FunctionalGroupsTest {
  private static final Path MICROWORLD = Path.of("../models/microworld");
  private static final Tolerance EXACT = new Tolerance(1e-12, 0);

  /// Two layers of three neurons: clusters {L0N0, L1N0}, {L0N1, L1N1, L1N2}, {L0N2}.
  private static ValueClusters clusters() {
    return new ValueClusters(
        /* layers= */ 2,
        /* neurons= */ 3,
        Partition.of(new int[] {0, 1, 2, 0, 1, 1}),
        ClusterPlan.of(
            Linkage.COMPLETE, /* vectors= */ 6, /* width= */ 4, /* memoryBytes= */ 1 << 20));
  }

  private static ExtremeSubUpdate extreme(
      int layer, int neuron, double score, int tokens, boolean settled) {
    return new ExtremeSubUpdate(
        new NeuronName(layer, neuron), score, /* example= */ 0, tokens, settled);
  }

  private static final List<ExtremeSubUpdate> EXTREMES =
      List.of(
          extreme(0, 1, 12, 2, true),
          extreme(1, 1, 14, 3, false),
          extreme(1, 2, -20, 9, true),
          extreme(1, 0, 11, 5, true),
          extreme(0, 2, 30, 1, false));

  @Test
  void theFewestClustersThatCoverTheShareComeMostFrequentFirst() {
    FunctionalGroups found = FunctionalGroups.of(clusters(), EXTREMES, /* coverage= */ 0.7);

    assertThat(found.groups()).extracting(FunctionalGroups.Group::cluster).containsExactly(1, 0);
    assertThat(found.appearances()).isEqualTo(5);
    assertThat(found.covered()).isEqualTo(4);
    assertClose(found.ofAll(), 5 / 6.0, EXACT);
    assertThat(found.groups().getFirst().members())
        .containsExactly(new NeuronName(0, 1), new NeuronName(1, 1), new NeuronName(1, 2));
    FunctionalGroups.Seen seen = found.groups().getFirst().seen();
    assertClose(seen.score(), (12 + 14 - 20) / 3.0, EXACT);
    assertClose(seen.shortPrompts(), 2 / 3.0, EXACT);
    assertClose(seen.settled(), 2 / 3.0, EXACT);
    assertThat(found.members()).hasSize(5).doesNotContain(new NeuronName(0, 2));
    assertThat(FunctionalGroups.of(clusters(), EXTREMES, 1).groups()).hasSize(3);
    assertThat(FunctionalGroups.of(clusters(), List.of(), 1).groups()).isEmpty();
    assertThatThrownBy(() -> FunctionalGroups.of(clusters(), EXTREMES, 0))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("expected a coverage");
  }

  @Test
  void matchedNeuronsAreOthersAndAsManyInEachLayer() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      List<NeuronName> group = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        group.add(new NeuronName(i % 2 == 0 ? 1 : 4, i));
      }

      List<NeuronName> matched = GroupKnockout.matched(model, group, /* seed= */ 3);

      assertThat(matched).hasSize(40).doesNotHaveDuplicates().doesNotContainAnyElementsOf(group);
      assertThat(matched.stream().filter(neuron -> neuron.layer() == 4)).hasSize(20);
      assertThat(GroupKnockout.matched(model, group, 3)).isEqualTo(matched);
    }
  }

  /// The causal check: what extreme scores point at matters more than other neurons of its layers.
  @Test
  void switchingTheExtremeVectorsOffChangesAnswersThatRandomOnesDoNot() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      EventStatistics statistics =
          new EventStatistics(model, /* threshold= */ 2, /* sinks= */ null, /* seed= */ 0);
      List<TokenIds> prompts = new ArrayList<>();
      Random random = new Random(5);
      List<String> countries = List.of("Norway", "Japan", "Kenya", "Peru", "France", "Cuba");
      for (String country : countries) {
        prompts.add(model.tokenizer().encode("The capital of " + country + " is").ids());
        prompts.add(model.tokenizer().encode("In " + country + " people").ids());
        prompts.add(prompts.getFirst().slice(0, 1 + random.nextInt(prompts.getFirst().size())));
      }
      prompts.forEach(statistics::add);
      List<ExtremeSubUpdate> extremes = statistics.extremes();
      var members = new HashSet<>(extremes.stream().map(ExtremeSubUpdate::neuron).toList());

      GroupKnockout knockout = GroupKnockout.of(model, prompts);
      GroupKnockout.Effect off = knockout.without(members);
      GroupKnockout.Effect other = knockout.without(GroupKnockout.matched(model, members, 1));
      GroupKnockout.Effect none = knockout.without(List.of());

      assertThat(extremes).isNotEmpty().allMatch(one -> Math.abs(one.score()) > 2);
      assertThat(size(off.logProbability())).isGreaterThan(2 * size(other.logProbability()));
      assertThat(mean(none.changed())).isZero();
      assertClose(mean(none.logProbability()), 0, EXACT);
      // With nothing left out the rows are those of the report.
      assertThat(statistics.leadingWithout(java.util.Set.of()).getFirst())
          .isEqualTo(statistics.report().layers().getFirst().leading());
    }
  }

  private static double size(List<Double> numbers) {
    return numbers.stream().mapToDouble(Math::abs).average().orElseThrow();
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
