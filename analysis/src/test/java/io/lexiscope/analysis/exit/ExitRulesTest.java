package io.lexiscope.analysis.exit;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitRulesTest {
  private static final int LAYERS = 5;
  private static final Tolerance EXACT = new Tolerance(1e-12, 0);

  @ParameterizedTest
  @EnumSource
  void plantedClustersLeaveAtThePlantedLayerAndAreAlwaysRight(Overlap overlap) {
    SubUpdateRule rule = SubUpdateRule.learn(planted(200, 1, saturation()), overlap, null);
    ExitTraces test = planted(200, 2, saturation());

    ExitScore score = ExitScore.of(rule, test);

    assertThat(score).isEqualTo(ExitScore.oracle(test));
    assertThat(score.right()).isEqualTo(200);
    assertThat(score.saved()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void shuffledLabelsAreNoBetterThanNeverLeaving(Overlap overlap) {
    // Clusters tell of another layer than the one that the example saturates at.
    Random random = new Random(7);
    SubUpdateRule rule =
        SubUpdateRule.learn(planted(300, 3, row -> random.nextInt(LAYERS)), overlap, null);
    ExitTraces test = planted(300, 4, row -> random.nextInt(LAYERS));

    ExitScore score = ExitScore.of(rule, test);

    // Leaving costs as much agreement as layers are saved: early leavers are right by chance.
    assertThat(score.agreement()).isLessThan(ExitScore.never(test).agreement());
    double leftEarly = 1 - (double) score.leftAt().getLast() / score.examples();
    double wrong = 1 - score.agreement();
    assertThat(wrong).isGreaterThan(0.25 * leftEarly);
  }

  @ParameterizedTest
  @EnumSource
  void aRuleLearnedOnShuffledLabelsLosesWhatTheSameRuleHasOnTrueOnes(Overlap overlap) {
    Random random = new Random(17);
    ExitTraces test = planted(300, 4, saturation());

    ExitScore truth =
        ExitScore.of(SubUpdateRule.learn(planted(300, 3, saturation()), overlap, null), test);
    ExitScore shuffled =
        ExitScore.of(
            SubUpdateRule.learn(planted(300, 3, row -> random.nextInt(LAYERS)), overlap, null),
            test);

    assertClose(truth.agreement(), 1, EXACT);
    assertThat(shuffled.agreement()).isLessThan(truth.agreement());
    assertThat(shuffled.savedByRight()).isLessThan(truth.savedByRight() / 2);
  }

  @Test
  void noRuleIsRightAboutAnExampleEarlierThanTheOracleLeavesIt() {
    ExitTraces test = noisy(200, 12);
    for (LearnedRules.Named rule :
        new ExitLearner(0.9, 0, null).learn(noisy(400, 11), /* price= */ 0).rules()) {
      int later = 0;
      for (int example = 0; example < test.size(); example++) {
        int left = ExitScore.leaving(rule.rule(), test, example);
        if (test.right(example, left)) {
          assertThat(left).as(rule.name()).isGreaterThanOrEqualTo(test.saturation(example));
          later += left > test.saturation(example) ? 1 : 0;
        }
      }
      // The bound is one: every rule gives layers away somewhere.
      assertThat(later).as(rule.name()).isPositive();
    }
  }

  @Test
  void neverLeavingSavesNothingAndIsAlwaysRight() {
    ExitTraces traces = planted(50, 5, saturation());

    ExitScore never = ExitScore.never(traces);

    assertThat(never.saved()).isZero();
    assertClose(never.agreement(), 1, EXACT);
    assertThat(never.leftAt()).containsExactly(0, 0, 0, 0, 50);
  }

  @Test
  void theOracleIsAlwaysRightAndNoRightRuleSavesMore() {
    ExitTraces learned = noisy(400, 11);
    ExitTraces test = noisy(200, 12);
    LearnedRules rules = new ExitLearner(0.9, 0, null).learn(learned, /* price= */ 0);
    ExitScore oracle = ExitScore.oracle(test);

    assertClose(oracle.agreement(), 1, EXACT);
    for (LearnedRules.Named rule : rules.rules()) {
      ExitScore score = ExitScore.of(rule.rule(), test);
      // A rule may be right before saturation by chance, then later be right no more; never here.
      assertThat(score.savedByRight()).as(rule.name()).isLessThanOrEqualTo(oracle.saved());
    }
  }

  @Test
  void setsAndRanksDifferWhereTheSameClustersComeInAnotherOrder() {
    ExitTraces learned =
        new ExitTraces.Builder(2).add(example(0, 1, 2, 3)).add(example(1, 3, 8, 9)).build();
    ExitTraces test = new ExitTraces.Builder(2).add(example(0, 3, 1, 2)).build();

    // As sets {1,2,3} meets the first in three, the second in one; by rank in none and in one.
    assertThat(leavesFirst(learned, test, Overlap.SET)).isTrue();
    assertThat(leavesFirst(learned, test, Overlap.RANK)).isFalse();
  }

  private static boolean leavesFirst(ExitTraces learned, ExitTraces test, Overlap overlap) {
    return SubUpdateRule.learn(learned, overlap, null).leaves(0, test.sight(0, 0));
  }

  @Test
  void averageAndLargestOverlapMustBothExceedThoseOfEachLaterLayer() {
    int[] asked = {1, 2, 3};
    List<int[]> same = List.of(new int[] {1, 2, 9}, new int[] {1, 2, 8});

    // The average of the later layer is lower, its largest the same: no leaving.
    assertThat(
            memory(List.of(same, List.of(new int[] {1, 2, 7}, new int[] {7, 8, 9}))).leaves(asked))
        .isFalse();
    // The largest is lower, the average the same: no leaving.
    List<int[]> uneven = List.of(new int[] {1, 2, 3}, new int[] {7, 8, 9}, new int[] {7, 8, 9});
    assertThat(memory(List.of(uneven, List.of(new int[] {1, 7, 8}))).leaves(asked)).isFalse();
    // Both are lower; a layer without examples sets no bar.
    assertThat(memory(List.of(same, List.of(new int[] {1, 7, 8}), List.of())).leaves(asked))
        .isTrue();
    // Nothing is known of this layer.
    assertThat(memory(List.of(List.of(), List.of(new int[] {7, 8, 9}))).canLeave()).isFalse();
  }

  private static LayerMemory memory(List<List<int[]>> groups) {
    return new LayerMemory(Overlap.SET, groups);
  }

  @ParameterizedTest
  @EnumSource
  void packedOverlapsAreThoseCountedOneByOne(Overlap overlap) {
    Random random = new Random(3);
    List<int[]> rows = new ArrayList<>();
    for (int row = 0; row < 70; row++) {
      rows.add(random.ints(10, 0, 150).toArray());
    }
    OverlapGroup group = OverlapGroup.of(overlap, rows);
    for (int time = 0; time < 20; time++) {
      int[] asked = random.ints(10, 0, 200).toArray();
      double[] counted = rows.stream().mapToDouble(row -> count(overlap, row, asked)).toArray();

      assertClose(group.average(asked), Arrays.stream(counted).average().orElseThrow(), EXACT);
      assertThat((double) group.largest(asked, Integer.MAX_VALUE))
          .isEqualTo(Arrays.stream(counted).max().orElseThrow());
    }
  }

  private static int count(Overlap overlap, int[] one, int[] other) {
    int common = 0;
    switch (overlap) {
      case SET -> {
        for (int cluster : Arrays.stream(one).distinct().toArray()) {
          common += Arrays.stream(other).anyMatch(asked -> asked == cluster) ? 1 : 0;
        }
      }
      case RANK -> {
        for (int rank = 0; rank < one.length; rank++) {
          common += one[rank] == other[rank] ? 1 : 0;
        }
      }
    }
    return common;
  }

  @Test
  void theConfidenceReadFromLogitsIsTheSoftmaxOfTheLargest() {
    float[] logits = {1, 3, 2, -60};
    double largest = 1 / (1 + Math.exp(-2) + Math.exp(-1) + Math.exp(-63));

    assertThat(ConfidenceRule.reaches(logits, largest - 1e-9)).isTrue();
    assertThat(ConfidenceRule.reaches(logits, largest + 1e-9)).isFalse();
    assertThat(ConfidenceRule.reaches(new float[] {Float.NaN, 1}, 0.1)).isFalse();
  }

  @Test
  void aTunedThresholdKeepsTheAgreementItWasTunedTo() {
    ExitTraces traces = noisy(600, 21);

    ConfidenceRule rule = new ExitLearner(0.9, 0, null).confidence(traces);

    ExitScore score = ExitScore.of(rule, traces);
    assertThat(score.agreement()).isGreaterThanOrEqualTo(0.9);
    assertThat(score.saved()).isPositive();
  }

  @Test
  void aThresholdKeepsTheAgreementOnExamplesItWasNotTunedOn() {
    int kept = 0;
    for (int seed = 0; seed < 40; seed++) {
      ConfidenceRule rule = new ExitLearner(0.9, 0, null).confidence(noisy(150, 1000 + seed));
      kept += ExitScore.of(rule, noisy(1000, 2000 + seed)).agreement() >= 0.9 ? 1 : 0;
    }

    // Tuned to the agreement itself, half of them fall short.
    assertThat(kept).isGreaterThanOrEqualTo(38);
  }

  @Test
  void aProbeFindsWhatALineTellsApart() {
    Random random = new Random(1);
    List<float[]> vectors = new ArrayList<>();
    boolean[] meant = new boolean[400];
    for (int i = 0; i < meant.length; i++) {
      float[] vector = {(float) random.nextGaussian(), (float) random.nextGaussian() * 9, 5};
      vectors.add(vector);
      meant[i] = vector[0] - vector[1] / 9 > 0.3;
    }

    LinearProbe probe = LinearProbe.learn(vectors, meant, /* seed= */ 0);

    int right = 0;
    for (int i = 0; i < meant.length; i++) {
      right += probe.score(vectors.get(i)) > 0 == meant[i] ? 1 : 0;
    }
    assertThat(right).isGreaterThan(385);
  }

  @Test
  void testsOfDifferentSplitsShareNoExampleAndNoneIsLearnedFrom() {
    ExitTraces traces = noisy(200, 31);
    ExitExperiment experiment = new ExitExperiment(traces, null, /* splits= */ 10, /* price= */ 0);

    ExitExperiment.Outcome outcome = experiment.run(new ExitLearner(0.9, 5, null), splits -> {});

    assertThat(outcome.scores().keySet())
        .containsExactly(
            "never",
            "sub-updates",
            "sub-updates-rank",
            "confidence",
            "confidence-layers",
            "probe",
            "oracle");
    int tested =
        outcome.scores().getOrDefault("oracle", List.of()).stream()
            .mapToInt(ExitScore::examples)
            .sum();
    assertThat(tested).isEqualTo(200);
    assertThat(outcome.chosen()).hasSize(10);
  }

  @Test
  void tooFewExamplesAreRefused() {
    assertThatThrownBy(() -> new ExitExperiment(noisy(5, 1), null, 1, 0))
        .isInstanceOf(ExitException.class)
        .hasMessageContaining("expected at least 20 examples to learn from");
    assertThatThrownBy(() -> ExitScore.never(noisy(1, 1).select()))
        .isInstanceOf(ExitException.class);
  }

  private interface Saturation {
    int of(int row);
  }

  /// Every example saturates where its clusters say.
  private static Saturation saturation() {
    return row -> row % LAYERS;
  }

  /// Examples whose clusters tell `row % LAYERS` and that saturate where told.
  private static ExitTraces planted(int rows, long seed, Saturation saturation) {
    Random random = new Random(seed);
    ExitTraces.Builder traces = new ExitTraces.Builder(LAYERS);
    for (int row = 0; row < rows; row++) {
      int told = row % LAYERS;
      int at = saturation.of(row);
      List<ExitTraces.Sight> sights = new ArrayList<>();
      for (int layer = 0; layer < LAYERS; layer++) {
        int[] clusters = new int[10];
        for (int rank = 0; rank < 10; rank++) {
          clusters[rank] = rank < 6 ? 10 * told + rank : 100 + random.nextInt(50);
        }
        sights.add(
            new ExitTraces.Sight(layer < at ? layer + 1 : 0, 0.5, clusters, new float[] {1}));
      }
      traces.add(sights);
    }
    return traces.build();
  }

  /// Examples whose confidence, stream and clusters tell of their saturation, with noise.
  private static ExitTraces noisy(int rows, long seed) {
    Random random = new Random(seed);
    ExitTraces.Builder traces = new ExitTraces.Builder(LAYERS);
    for (int row = 0; row < rows; row++) {
      int at = random.nextInt(LAYERS);
      List<ExitTraces.Sight> sights = new ArrayList<>();
      for (int layer = 0; layer < LAYERS; layer++) {
        double known = (layer >= at ? 1 : -1) + 0.8 * random.nextGaussian();
        int[] clusters = new int[10];
        for (int rank = 0; rank < 10; rank++) {
          clusters[rank] = random.nextBoolean() ? 10 * at + rank : random.nextInt(80);
        }
        sights.add(
            new ExitTraces.Sight(
                layer < at ? layer + 1 : 0,
                1 / (1 + Math.exp(-known)),
                clusters,
                new float[] {(float) known, (float) random.nextGaussian()}));
      }
      traces.add(sights);
    }
    return traces.build();
  }

  /// Two layers; what the first shows.
  private static List<ExitTraces.Sight> example(int saturation, int... clusters) {
    return List.of(
        new ExitTraces.Sight(saturation == 0 ? 0 : 1, 0.5, clusters, new float[0]),
        new ExitTraces.Sight(0, 0.5, clusters, new float[0]));
  }
}
