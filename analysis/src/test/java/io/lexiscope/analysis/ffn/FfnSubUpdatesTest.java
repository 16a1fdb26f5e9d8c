package io.lexiscope.analysis.ffn;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.base.FloatVector;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FfnSubUpdatesTest {
  private static final Tolerance FLOAT = new Tolerance(2e-4, 2e-5);
  private static final LensTarget WORD = new LensTarget.Id(31);
  private static final LensTarget OTHER = new LensTarget.Id(400);

  private static double[] vector(Run run, HookName at, int position) {
    return Reference.row(
        Reference.doubles(run.activation(at)), position, run.model().architecture().dModel());
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  /// Check 1 of the acceptance list, for plain and gated MLPs and every wiring.
  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void subUpdatesAndBiasSumToWhatTheLayerAdds(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), FfnSubUpdates.recording(model))) {
      FfnSubUpdates all = FfnSubUpdates.of(run, LensConvention.RAW).toward(WORD);
      for (int layer = 0; layer < model.architecture().layers(); layer++) {
        for (int position = 0; position < run.length(); position += 7) {

          FfnAccount account = all.at(position).layer(layer);

          FfnReference reference = new FfnReference(run, layer, position);
          double[] sum = reference.constant();
          for (SubUpdate update : account.all()) {
            int neuron = update.neuron().index();
            assertClose(update.coefficient(), reference.coefficients[neuron], Tolerance.exact());
            double[] value = reference.inStream(neuron);
            assertClose(update.norm(), Reference.length(value), FLOAT);
            sum = FfnReference.plus(sum, FfnReference.times(update.coefficient(), value));
          }
          double[] added = vector(run, HookPoint.MLP_OUT.at(layer), position);
          assertClose(floats(sum), floats(added), new Tolerance(1e-4, 1e-4));
          double largest = Arrays.stream(added).map(Math::abs).max().orElseThrow();
          assertThat(account.closing().residualError())
              .isLessThanOrEqualTo(1e-4 * Math.max(1, largest));
        }
      }
    }
  }

  /// Check 2: per word the change of the logit is the sum of scores and the bias's.
  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void scoresSumToTheChangeOfTheLogit(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), FfnSubUpdates.recording(model))) {
      Reference unembed = new Reference(model);
      int last = model.architecture().layers() - 1;
      for (LensConvention convention : List.of(LensConvention.RAW, LensConvention.FROZEN_SCALE)) {
        for (int layer = 0; layer <= last; layer++) {

          FfnAccount account =
              FfnSubUpdates.of(run, convention).toward(WORD).against(OTHER).at(5).layer(layer);

          double scale = unembed.scale(vector(run, HookPoint.RESID_POST.at(last), 5));
          double[] after = vector(run, HookPoint.RESID_POST.at(layer), 5);
          double[] added = vector(run, HookPoint.MLP_OUT.at(layer), 5);
          double[] before = FfnReference.plus(after, FfnReference.times(-1, added));
          double change =
              difference(unembed, convention, scale, after)
                  - difference(unembed, convention, scale, before);
          FfnAccount.Logits logits = account.closing().logits();
          double summed = account.all().stream().mapToDouble(SubUpdate::score).sum();
          assertThat(account.scoresAddUp()).isTrue();
          assertClose(logits.change(), change, FLOAT);
          assertClose(summed + logits.bias(), change, FLOAT);
          assertClose(logits.subUpdates(), summed, Tolerance.within(1e-9));
          assertClose(logits.error(), 0, FLOAT);
          FfnReference reference = new FfnReference(run, layer, 5);
          SubUpdate strongest = account.strongest(1).getFirst();
          double[] value = reference.inStream(strongest.neuron().index());
          double[] part = FfnReference.times(strongest.coefficient(), value);
          assertClose(strongest.score(), difference(unembed, convention, scale, part), FLOAT);
          assertClose(
              logits.bias(), difference(unembed, convention, scale, reference.constant()), FLOAT);
        }
      }
    }
  }

  private static double difference(
      Reference unembed, LensConvention convention, double scale, double[] x) {
    double[] read =
        convention == LensConvention.RAW ? x : unembed.normed(x, scale, /* withBias= */ false);
    double[] logits = unembed.logits(read, /* whole= */ false);
    return logits[31] - logits[400];
  }

  /// Check 3: without a norm, a sub-update multiplies the odds of two words by the exponential of
  /// its score difference.
  @Test
  void withoutANormASubUpdateShiftsLogOddsByItsScore() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(Golden.GPT2.prompt(), FfnSubUpdates.recording(model))) {
      Reference unembed = new Reference(model);
      double[] before = vector(run, HookPoint.RESID_MID.at(1), 9);
      Random random = new Random(1);
      for (int draw = 0; draw < 50; draw++) {
        int neuron = random.nextInt(model.architecture().dimensions().dMlp());
        int w = random.nextInt(512);
        int u = random.nextInt(512);
        SubUpdate update =
            FfnSubUpdates.of(run, LensConvention.RAW)
                .toward(new LensTarget.Id(w))
                .against(new LensTarget.Id(u))
                .at(9)
                .layer(1)
                .subUpdate(neuron);
        double[] part =
            FfnReference.times(update.coefficient(), new FfnReference(run, 1, 9).inStream(neuron));

        double[] p = unembed.logits(before, /* whole= */ false);
        double[] q = unembed.logits(FfnReference.plus(before, part), /* whole= */ false);

        double all = Reference.logSumExp(p);
        double moved = Reference.logSumExp(q);
        double odds = (q[w] - moved) - (q[u] - moved) - ((p[w] - all) - (p[u] - all));
        assertClose(update.score(), odds, Tolerance.within(1e-5));
      }
    }
  }

  /// Under the final norm the parts do not add up, and the account says so instead of claiming it.
  @Test
  void underTheFinalNormScoresAreReadOneByOneAndNotSummed() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(Golden.GPT2.prompt(), FfnSubUpdates.recording(model))) {
      Reference unembed = new Reference(model);

      FfnAccount account =
          FfnSubUpdates.of(run, LensConvention.FINAL_NORM).toward(WORD).against(OTHER).layer(1);

      FfnReference reference = new FfnReference(run, 1, run.length() - 1);
      for (SubUpdate update : account.dominant(5)) {
        double[] part =
            FfnReference.times(update.coefficient(), reference.inStream(update.neuron().index()));
        double[] logits =
            unembed.logits(
                unembed.normed(part, unembed.scale(part), /* withBias= */ true), /* whole= */ true);
        assertClose(update.score(), logits[31] - logits[400], FLOAT);
      }
      assertThat(account.scoresAddUp()).isFalse();
      assertThat(account.closing().logits().error()).isGreaterThan(0.01);
    }
  }

  /// Check 5.
  @Test
  void dominanceOrdersAsAFullSortDoesAndSharesSumToOne() {
    try (LanguageModel model = Golden.LLAMA.open();
        Run run = model.run(Golden.LLAMA.prompt(), FfnSubUpdates.recording(model))) {

      FfnAccount account = FfnSubUpdates.of(run).toward(WORD).layer(2);

      FfnReference reference = new FfnReference(run, 2, run.length() - 1);
      double[] dominance =
          IntStream.range(0, account.size())
              .mapToDouble(
                  i ->
                      Math.abs(reference.coefficients[i]) * Reference.length(reference.inStream(i)))
              .toArray();
      List<Integer> sorted =
          IntStream.range(0, account.size())
              .boxed()
              .sorted(Comparator.comparingDouble((Integer i) -> -dominance[i]))
              .toList();
      assertThat(account.dominant(account.size()).stream().map(u -> u.neuron().index()))
          .containsExactlyElementsOf(sorted);
      assertClose(account.shareOfDominant(account.size()), 1, Tolerance.within(1e-9));
      assertClose(account.dominanceSum(), Arrays.stream(dominance).sum(), FLOAT);
      Random random = new Random(2);
      double tens = 0;
      for (int draw = 0; draw < 1000; draw++) {
        tens +=
            random
                .ints(0, account.size())
                .distinct()
                .limit(10)
                .mapToDouble(i -> account.subUpdate(i).share())
                .sum();
      }
      assertThat(account.shareOfDominant(10)).isGreaterThan(tens / 1000);
    }
  }

  @Test
  void equalScoresAreListedByIndex() {
    FfnAccount account =
        new FfnAccount(
            new FfnAccount.Place(0, 0, LensConvention.RAW),
            new float[] {1, -2, 2, 1},
            new double[] {1, 1, 1, 2},
            new double[] {0.5, -0.5, 0.1, 0.5},
            new FfnAccount.Closing(0, 0, new FfnAccount.Logits(0, 0.6, 0, 0, 0.6)));

    assertThat(account.dominant(4).stream().map(update -> update.neuron().index()))
        .containsExactly(1, 2, 3, 0);
    assertThat(account.strongest(3).stream().map(update -> update.neuron().index()))
        .containsExactly(0, 1, 3);
    assertThat(account.subUpdate(1).reversed()).isTrue();
    assertThat(account.strongest(1).getFirst()).hasToString("L0N0 +0.500");
  }

  /// The word's logit less the mean over the vocabulary.
  private static double aboveMean(float[] logits) {
    return logits[31]
        - IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).average().orElseThrow();
  }

  /// The score of a neuron of the last layer is what the output loses without it, all else held.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA", "GPTJ", "PHI", "QWEN3"})
  void ablatingANeuronOfTheLastLayerTakesItsScoreAway(Golden golden) {
    try (LanguageModel model = golden.open()) {
      int last = model.architecture().layers() - 1;
      int position = golden.prompt().size() - 1;
      try (Run run =
          model.run(
              golden.prompt(),
              FfnSubUpdates.recording(model).and(Recording.of(HookPoint.FINAL_SCALE)))) {
        SubUpdate strongest =
            FfnSubUpdates.of(run).toward(WORD).layer(last).strongest(1).getFirst();
        List<Intervention> held = new ArrayList<>();
        held.add(Intervention.scaleNeuron(last, strongest.neuron().index(), 0));
        float[] scale = run.activation(HookPoint.FINAL_SCALE.once()).toFloats();
        held.add(
            Intervention.of(
                    new Target.Place(HookPoint.FINAL_SCALE.once()),
                    new Change.SetVector(FloatVector.of(new float[] {scale[position]})))
                .at(new Where.At(List.of(position))));

        try (Run ablated =
            model.with(new Interventions(held)).run(golden.prompt(), Recording.nothing())) {

          float[] before = run.logits(-1).toFloats();
          float[] after = ablated.logits(-1).toFloats();
          assertThat(Math.abs(strongest.score())).isGreaterThan(1e-4);
          assertClose(aboveMean(before) - aboveMean(after), strongest.score(), FLOAT);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GEMMA2", "OLMO2", "GPT_NEOX"})
  void whatAnInterventionPutInPlaceOfTheSumIsAnItemOfItsOwn(Golden golden) {
    try (LanguageModel model = golden.open()) {
      float[] push = new float[model.architecture().dModel()];
      Arrays.fill(push, 0.25f);
      push[3] = -2;
      LanguageModel pushed =
          model.with(
              Interventions.of(Intervention.add(HookPoint.MLP_OUT.at(1), FloatVector.of(push))));
      try (Run run = pushed.run(golden.prompt(), FfnSubUpdates.recording(model))) {

        FfnAccount changed = FfnSubUpdates.of(run, LensConvention.RAW).toward(WORD).layer(1);
        FfnAccount other = FfnSubUpdates.of(run, LensConvention.RAW).toward(WORD).layer(0);

        double[] logits =
            new Reference(model)
                .logits(
                    IntStream.range(0, push.length).mapToDouble(i -> push[i]).toArray(),
                    /* whole= */ false);
        assertClose(
            changed.closing().logits().intervention(),
            logits[31] - Arrays.stream(logits).average().orElseThrow(),
            FLOAT);
        assertClose(changed.closing().logits().error(), 0, FLOAT);
        assertClose(other.closing().logits().intervention(), 0, Tolerance.exact());
      }
    }
  }

  @Test
  void theModelsOwnAnswerIsScoredWhereNoWordIsGiven() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(Golden.GPT2.prompt(), FfnSubUpdates.recording(model))) {
      float[] logits = run.logits(3).toFloats();
      int best =
          IntStream.range(0, logits.length)
              .boxed()
              .max(Comparator.comparingDouble(id -> logits[id]))
              .orElseThrow();

      assertThat(FfnSubUpdates.of(run).at(3).target()).isEqualTo(best);
    }
  }

  @Test
  void whatCannotBeReadIsRefusedInOneLine() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(Golden.GPT2.prompt(), FfnSubUpdates.recording(model));
        Run bare = model.run(Golden.GPT2.prompt(), Recording.of(HookPoint.FINAL_SCALE))) {
      assertThatThrownBy(() -> FfnSubUpdates.of(run).layer(3))
          .isInstanceOf(FfnException.class)
          .hasMessage("ffn: expected a layer from 0 to 2, got 3");
      assertThatThrownBy(() -> FfnSubUpdates.of(run).at(24))
          .hasMessage("ffn: expected a position from -24 to 23, got 24");
      assertThatThrownBy(() -> FfnSubUpdates.of(bare).layer(0))
          .isInstanceOf(HookException.class)
          .hasMessageContaining("ask for it in the recording");
    }
  }

  @Test
  void neuronsHaveTheNamesOfTheLiteratureToo() {
    assertThat(NeuronName.parse("L13D1852")).isEqualTo(new NeuronName(13, 1852));
    assertThat(NeuronName.parse("l13n1852")).hasToString("L13N1852");
    assertThat(NeuronName.parse("13.1852")).isEqualTo(new NeuronName(13, 1852));
    assertThat(NeuronName.parse("v14_1853")).isEqualTo(new NeuronName(13, 1852));
    assertThat(NeuronName.parse("v^14_1853")).isEqualTo(new NeuronName(13, 1852));
    assertThatThrownBy(() -> NeuronName.parse("v0_1")).hasMessageContaining("got v0_1");
    assertThatThrownBy(() -> NeuronName.parse("neuron 5"))
        .hasMessageStartingWith("neuron: expected a name such as L3N812");
  }
}
