package io.lexiscope.analysis.attribution;

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
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DirectLogitAttributionTest {
  private static final AttributionQuery WORD = AttributionQuery.of(new LensTarget.Id(31));
  private static final Tolerance FLOAT = new Tolerance(2e-4, 2e-5);

  private static double[] vector(Run run, HookName at, int position) {
    return Reference.doubles(run.activation(at, position));
  }

  private static double[] doubles(float[] floats) {
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  /// The word's logit less the mean over the vocabulary.
  private static double aboveMean(double[] logits) {
    return logits[31] - Arrays.stream(logits).average().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void contributionsSumToTheLogitOfEveryStream(Golden golden) {
    try (LanguageModel model = golden.open()) {
      Reference reference = new Reference(model);
      int last = model.architecture().layers() - 1;
      List<HookName> streams =
          List.of(
              HookPoint.RESID_PRE.at(0), HookPoint.RESID_PRE.at(1), HookPoint.RESID_POST.at(last));
      for (LensConvention convention : LensConvention.values()) {
        DirectLogitAttribution attribution = DirectLogitAttribution.of(model, convention);
        for (HookName stream : streams) {
          AttributionQuery query = WORD.against(new LensTarget.Id(400)).at(stream).position(5);
          Recording recording =
              attribution.recording(query).and(Recording.of(HookPoint.RESID_POST));
          try (Run run = model.run(golden.prompt(), recording)) {

            Attribution found = attribution.explain(run, query);

            double[] x = vector(run, stream, 5);
            double scale =
                switch (convention) {
                  case FINAL_NORM -> reference.scale(x);
                  case FROZEN_SCALE ->
                      reference.scale(vector(run, HookPoint.RESID_POST.at(last), 5));
                  case RAW -> 1;
                };
            double[] logits =
                reference.uncapped(
                    convention == LensConvention.RAW ? x : reference.normed(x, scale, true));
            assertClose(found.balance().logit(), logits[31] - logits[400], FLOAT);
            assertClose(found.balance().sum(), logits[31] - logits[400], FLOAT);
            double mean = Arrays.stream(logits).average().orElseThrow();
            Attribution above =
                attribution.explain(run, query.above(new AttributionQuery.Reference.Mean()));
            assertClose(above.balance().meanLogit(), mean, FLOAT);
            assertClose(above.balance().logit(), logits[31] - mean, FLOAT);
            assertClose(above.balance().sum(), logits[31] - mean, FLOAT);
            Attribution plain =
                attribution.explain(run, query.above(new AttributionQuery.Reference.Nothing()));
            assertClose(plain.balance().sum(), logits[31], FLOAT);
            assertClose(
                found.contributions().stream().mapToDouble(Contribution::logits).sum(),
                found.balance().sum(),
                Tolerance.exact());
            assertClose(
                found.balance().residualError(),
                Math.abs(found.balance().sum() - found.balance().logit()),
                Tolerance.exact());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BERT", "GEMMA2"})
  void theLogitExplainedIsTheModelsOwn(Golden golden) {
    try (LanguageModel model = golden.open()) {
      DirectLogitAttribution attribution = DirectLogitAttribution.of(model);
      try (Run run = model.run(golden.prompt(), attribution.recording(WORD))) {

        Attribution found = attribution.explain(run, WORD);

        float[] logits = golden.numbers("logits");
        assertClose(
            found.balance().logit() + found.balance().meanLogit(),
            logits[logits.length - 512 + 31],
            Tolerance.within(1e-4));
        double mean =
            IntStream.range(logits.length - 512, logits.length)
                .mapToDouble(i -> logits[i])
                .average()
                .orElseThrow();
        assertClose(found.balance().meanLogit(), mean, Tolerance.within(1e-4));
        assertThat(found.softCap()).isEqualTo(new SoftCap.None());
      }
    }
  }

  @Test
  void theLogitBeforeTheSoftCapIsExplainedAndTheCapIsNamed() {
    try (LanguageModel model = Golden.GEMMA2.open()) {
      DirectLogitAttribution attribution = DirectLogitAttribution.of(model);
      try (Run run = model.run(Golden.GEMMA2.prompt(), attribution.recording(WORD))) {

        Attribution found = attribution.explain(run, WORD);

        assertThat(found.softCap()).isEqualTo(new SoftCap.Tanh(30));
        float[] logits = Golden.GEMMA2.numbers("logits");
        assertClose(
            30 * Math.tanh((found.balance().logit() + found.balance().meanLogit()) / 30),
            logits[logits.length - 512 + 31],
            Tolerance.within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BERT", "GEMMA2", "GEMMA3", "OLMO2"})
  void aHeadsContributionIsItsResultThroughTheFrozenNorm(Golden golden) {
    try (LanguageModel model = golden.open()) {
      Reference reference = new Reference(model);
      int last = model.architecture().layers() - 1;
      int width = model.architecture().dModel();
      DirectLogitAttribution attribution = DirectLogitAttribution.of(model);
      AttributionQuery query = WORD.position(7);
      // The query alone would go through Z and W_O; this run also has the heads' own results.
      try (Run run = model.run(golden.prompt(), attribution.recording(query));
          Run whole = model.run(golden.prompt(), Recording.of(HookPoint.RESULT))) {

        Attribution found = attribution.explain(run, query);

        double scale = reference.scale(vector(run, HookPoint.RESID_POST.at(last), 7));
        List<Contribution> heads = of(found, Component.Head.class);
        int count = model.architecture().block().attention().heads().heads();
        assertThat(heads).hasSize(count * (last + 1));
        for (Contribution contribution : heads) {
          Component.Head head = (Component.Head) contribution.component();
          double[] result =
              Reference.row(
                  Reference.doubles(whole.activation(HookPoint.RESULT.at(head.layer()))),
                  7 * count + head.index(),
                  width);
          double[] logits =
              reference.logits(
                  reference.normed(result, scale, /* withBias= */ false), /* whole= */ false);
          assertClose(contribution.logits(), aboveMean(logits), FLOAT);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void headsAndTheirBiasSumToWhatAttentionAdds(Golden golden) {
    try (LanguageModel model = golden.open()) {
      Reference reference = new Reference(model);
      DirectLogitAttribution attribution = DirectLogitAttribution.of(model, LensConvention.RAW);
      Recording recording = attribution.recording(WORD).and(Recording.of(HookPoint.ATTN_OUT));
      try (Run run = model.run(golden.prompt(), recording)) {

        Attribution found = attribution.explain(run, WORD);

        for (int layer = 0; layer < model.architecture().layers(); layer++) {
          int at = layer;
          double sum =
              found.contributions().stream()
                  .filter(
                      c ->
                          (c.component() instanceof Component.Head head && head.layer() == at)
                              || c.component().equals(new Component.AttentionBias(at)))
                  .mapToDouble(Contribution::logits)
                  .sum();
          double[] added = vector(run, HookPoint.ATTN_OUT.at(layer), run.length() - 1);
          assertClose(sum, aboveMean(reference.logits(added, /* whole= */ false)), FLOAT);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void theStrongestNeuronsAndTheRestSumToTheMlp(Golden golden) {
    try (LanguageModel model = golden.open()) {
      DirectLogitAttribution attribution = DirectLogitAttribution.of(model);
      AttributionQuery fine = WORD.neurons(Integer.MAX_VALUE);
      AttributionQuery some = WORD.neurons(3);
      try (Run run = model.run(golden.prompt(), attribution.recording(fine))) {

        Attribution whole = attribution.explain(run, WORD);
        Attribution split = attribution.explain(run, some);
        Attribution every = attribution.explain(run, fine);

        int layers = model.architecture().layers();
        int neurons = model.architecture().dimensions().dMlp();
        assertThat(of(split, Component.Neuron.class)).hasSize(3 * layers);
        assertThat(of(every, Component.Neuron.class)).hasSize(neurons * layers);
        assertClose(split.balance().sum(), whole.balance().sum(), FLOAT);
        assertClose(every.balance().sum(), whole.balance().sum(), FLOAT);
        List<Contribution> rests = of(every, Component.MlpRest.class);
        for (int layer = 0; layer < layers; layer++) {
          var out = model.transformer().weights().blocks().get(layer).mlp().out();
          if (out.bias() == null
              && model.transformer().weights().blocks().get(layer).norms().ln2Post() == null) {
            // All neurons are listed and there is no bias: nothing can be left.
            assertClose(rests.get(layer).logits(), 0, FLOAT);
          }
        }
        List<Double> listed =
            of(every, Component.Neuron.class).stream().limit(3).map(Contribution::logits).toList();
        assertThat(of(split, Component.Neuron.class).stream().limit(3).map(Contribution::logits))
            .containsExactlyElementsOf(listed);
      }
    }
  }

  private static List<Contribution> of(Attribution attribution, Class<? extends Component> kind) {
    return attribution.contributions().stream()
        .filter(contribution -> kind.isInstance(contribution.component()))
        .toList();
  }

  /// With everything after the head held still, taking the head away takes its contribution from
  /// the model's output.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BERT", "GEMMA2", "GEMMA3"})
  void ablatingAHeadOfTheLastLayerTakesItsContributionAway(Golden golden) {
    try (LanguageModel model = golden.open()) {
      int last = model.architecture().layers() - 1;
      int position = golden.prompt().size() - 1;
      DirectLogitAttribution attribution = DirectLogitAttribution.of(model);
      Recording recording =
          attribution.recording(WORD).and(Recording.of(HookPoint.FINAL_SCALE, HookPoint.LN1_SCALE));
      try (Run run = model.run(golden.prompt(), recording)) {
        Attribution found = attribution.explain(run, WORD);
        Component head = new Component.Head(last, 2);
        double contribution =
            found.contributions().stream()
                .filter(c -> c.component().equals(head))
                .mapToDouble(Contribution::logits)
                .sum();
        List<Intervention> held = new ArrayList<>();
        held.add(Intervention.ablateHead(last, 2));
        held.add(hold(run, HookPoint.MLP_OUT.at(last), position));
        held.add(hold(run, HookPoint.FINAL_SCALE.once(), position));
        held.add(hold(run, HookPoint.LN1_SCALE.at(last), position));
        LanguageModel without = model.with(new Interventions(held));

        try (Run ablated = without.run(golden.prompt(), Recording.nothing())) {

          float[] before = run.logits(-1).toFloats();
          float[] after = ablated.logits(-1).toFloats();
          assertThat(Math.abs(contribution)).isGreaterThan(1e-3);
          assertClose(aboveMean(doubles(before)) - aboveMean(doubles(after)), contribution, FLOAT);
        }
      }
    }
  }

  private static Intervention hold(Run run, HookName at, int position) {
    float[] value = run.activation(at, position).toFloats();
    return Intervention.of(new Target.Place(at), new Change.SetVector(FloatVector.of(value)))
        .at(new Where.At(List.of(position)));
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void whatInterventionsAddIsAContributionOfItsOwn(Golden golden) {
    try (LanguageModel model = golden.open()) {
      float[] vector = new float[model.architecture().dModel()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) Math.sin(i);
      }
      FloatVector direction = FloatVector.of(vector);
      LanguageModel changed =
          model.with(
              Interventions.of(
                  Intervention.add(HookPoint.RESID_PRE.at(0), direction),
                  Intervention.add(HookPoint.ATTN_OUT.at(1), direction),
                  Intervention.add(HookPoint.RESID_POST.at(1), direction),
                  Intervention.ablateHead(1, 0),
                  Intervention.scaleNeuron(0, 3, 5)));
      DirectLogitAttribution attribution = DirectLogitAttribution.of(changed);
      try (Run run = changed.run(golden.prompt(), attribution.recording(WORD))) {

        Attribution found = attribution.explain(run, WORD);

        assertClose(found.balance().sum(), found.balance().logit(), FLOAT);
        List<Contribution> changes = of(found, Component.Change.class);
        assertThat(changes)
            .extracting(Contribution::component)
            .containsExactly(
                new Component.Change(HookPoint.RESID_PRE.at(0)),
                new Component.Change(HookPoint.ATTN_OUT.at(1)),
                new Component.Change(HookPoint.RESID_POST.at(1)));
        assertClose(changes.get(0).logits(), changes.get(2).logits(), FLOAT);
        assertClose(changes.get(1).logits(), changes.get(2).logits(), FLOAT);
      }
    }
  }

  @Test
  void anEncoderIsRefused() {
    try (LanguageModel model = Golden.BERT.open()) {
      assertThatThrownBy(() -> DirectLogitAttribution.of(model))
          .isInstanceOf(AttributionException.class)
          .hasMessage(
              "attribution: expected a model with a language head that is linear after the final"
                  + " norm, got family bert");
    }
  }

  @Test
  void wrongQueriesAreRefused() {
    try (LanguageModel model = Golden.GPT2.open()) {
      DirectLogitAttribution attribution = DirectLogitAttribution.of(model);

      assertThatThrownBy(() -> WORD.neurons(-1))
          .isInstanceOf(AttributionException.class)
          .hasMessageContaining("0 or more, got -1");
      assertThatThrownBy(() -> attribution.recording(WORD.at(HookPoint.MLP_OUT.at(0))))
          .isInstanceOf(AttributionException.class)
          .hasMessageContaining("got blocks.0.hook_mlp_out");
      assertThatThrownBy(() -> attribution.recording(WORD.at(HookPoint.RESID_POST.at(3))))
          .isInstanceOf(AttributionException.class)
          .hasMessageContaining("one of 3 layers");
      try (Run run = model.run(Golden.GPT2.prompt(), attribution.recording(WORD))) {
        assertThatThrownBy(() -> attribution.explain(run, WORD.position(24)))
            .isInstanceOf(AttributionException.class)
            .hasMessage("attribution: expected a position from -24 to 23, got 24");
      }
      try (Run run = model.run(Golden.GPT2.prompt(), Recording.of(HookPoint.RESID_POST))) {
        assertThatThrownBy(() -> attribution.explain(run, WORD))
            .isInstanceOf(HookException.class)
            .hasMessageContaining("hook_embed");
      }
    }
  }
}
