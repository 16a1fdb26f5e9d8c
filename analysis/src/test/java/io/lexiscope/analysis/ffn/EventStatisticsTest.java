package io.lexiscope.analysis.ffn;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.base.Estimate;
import io.lexiscope.base.FloatVector;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.MlpWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.model.text.Sinks;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.WeightLayout;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventStatisticsTest {
  private static final Path MICROWORLD = Path.of("..", "models", "microworld");
  private static final Tolerance FLOAT = new Tolerance(2e-4, 2e-4);
  private static final String TEXT =
      """
      The capital of Norway is Oslo. The capital of France is Paris. People in Spain speak Spanish.
      When Mary and John went to the store, John gave a drink to Mary. The lion eats meat.
      The capital of Peru is Lima. Lisa gave the book to John. The river is in the country of Egypt.
      """;

  private static final String LONG_TEXT =
      List.of("Norway", "France", "Spain", "Peru", "Egypt", "Japan", "Kenya", "Chile").stream()
          .map(
              country ->
                  "The capital of %1$s is known to all. Many people in %1$s speak the language of the country. Lisa gave the map of %1$s to John, and John gave it to Mary. The flag of %1$s hangs in the street.\n"
                      .formatted(country))
          .collect(java.util.stream.Collectors.joining());

  private static List<TokenIds> prompts(Golden golden) {
    TokenIds whole = golden.prompt();
    return IntStream.range(3, whole.size()).mapToObj(end -> whole.slice(0, end)).toList();
  }

  /// Checks 9 and 11: every number of the report against one that is put together event by event.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA", "GEMMA2", "OLMO2", "GPTJ"})
  void theReportIsTheAverageOverEventsTakenOneByOne(Golden golden) {
    try (LanguageModel model = golden.open()) {
      EventStatistics statistics =
          new EventStatistics(model, /* threshold= */ 0.05, /* sinks= */ null, /* seed= */ 3);
      List<FfnEvent> events = new ArrayList<>();
      int layers = model.architecture().layers();
      int[] saturated = new int[layers];
      List<List<Double>> shares = new ArrayList<>();
      List<List<DoubleSummaryStatistics>> leading = new ArrayList<>();
      for (int layer = 0; layer < layers; layer++) {
        shares.add(new ArrayList<>());
        leading.add(new ArrayList<>());
      }
      for (TokenIds prompt : prompts(golden)) {
        statistics.add(prompt);
        try (Run run = model.run(prompt, FfnSubUpdates.recording(model))) {
          FfnTracer tracer = FfnTracer.of(run);
          FfnSubUpdates raw = FfnSubUpdates.of(run, LensConvention.RAW);
          events.addAll(tracer.events(run.length() - 1, raw));
          FfnTrajectory trajectory = tracer.trajectory(run.length() - 1);
          saturated[trajectory.saturationLayer()]++;
          for (int layer = 0; layer < layers; layer++) {
            FfnAccount account =
                raw.toward(new LensTarget.Id(trajectory.steps().get(layer).before())).layer(layer);
            shares.get(layer).add(account.shareOfDominant(10));
            leading
                .get(layer)
                .add(
                    account.dominant(10).stream()
                        .mapToDouble(SubUpdate::score)
                        .summaryStatistics());
          }
        }
      }

      EventReport report = statistics.report();

      int examples = prompts(golden).size();
      assertThat(report.counts().examples()).isEqualTo(examples);
      for (FfnEventKind kind : FfnEventKind.values()) {
        List<FfnEvent> some = events.stream().filter(event -> event.kind() == kind).toList();
        int counted =
            kind == FfnEventKind.SATURATION
                ? report.counts().saturations()
                : report.counts().eliminations();
        assertThat(counted).isEqualTo(some.size()).isLessThanOrEqualTo(examples);
        ScoreExtremes scores =
            report.scores().stream()
                .filter(row -> row.event() == kind && !row.random())
                .findFirst()
                .orElseThrow()
                .scores();
        if (!some.isEmpty()) {
          assertClose(
              scores.max().value(),
              some.stream().mapToDouble(e -> e.scores().getMax()).average().orElseThrow(),
              FLOAT);
          assertClose(
              scores.mean().value(),
              some.stream().mapToDouble(e -> e.scores().getAverage()).average().orElseThrow(),
              FLOAT);
          assertClose(
              scores.size().value(),
              some.stream()
                  .mapToDouble(
                      e ->
                          e.responsible().stream()
                              .mapToDouble(update -> Math.abs(update.score()))
                              .average()
                              .orElseThrow())
                  .average()
                  .orElseThrow(),
              FLOAT);
          assertClose(
              scores.min().value(),
              some.stream().mapToDouble(e -> e.scores().getMin()).average().orElseThrow(),
              FLOAT);
        }
      }
      double sum = 0;
      for (int layer = 0; layer < layers; layer++) {
        EventReport.LayerRow row = report.layers().get(layer);
        sum += row.saturated().value();
        assertClose(
            row.saturated().value(), saturated[layer] / (double) examples, Tolerance.within(1e-9));
        double[] sorted = shares.get(layer).stream().mapToDouble(s -> s).sorted().toArray();
        assertClose(row.share().median().value(), Estimate.quantile(sorted, 0.5), FLOAT);
        assertClose(
            row.leading().max().value(),
            leading.get(layer).stream().mapToDouble(s -> s.getMax()).average().orElseThrow(),
            FLOAT);
        assertThat(row.withoutExtreme().max().value()).isNotEqualTo(row.leading().max().value());
      }
      assertClose(sum, 1, Tolerance.within(1e-9));
      assertThat(report.counts().early()).isEqualTo(examples - saturated[layers - 1]);
      assertThat(report.counts().saturations()).isLessThanOrEqualTo(report.counts().early());
      assertThat(report.extreme().vectors()).isPositive();
    }
  }

  /// Neither a prompt of one token nor one that ends in a sink is in any figure.
  @Test
  void promptsOfOneTokenAndSinksAreCountedApart() {
    try (LanguageModel model = Golden.LLAMA.open()) {
      TokenIds whole = Golden.LLAMA.prompt();
      List<TokenIds> prompts = prompts(Golden.LLAMA);
      double[] norms = prompts.stream().mapToDouble(prompt -> lastNorm(model, prompt)).toArray();
      double[] sorted = Arrays.stream(norms).sorted().toArray();
      double limit = (sorted[sorted.length - 2] + sorted[sorted.length - 1]) / 2;
      float[] medians = new float[model.architecture().layers()];
      Arrays.fill(medians, Float.MAX_VALUE / 100);
      medians[0] = (float) (limit / Sinks.TIMES);
      EventStatistics all =
          new EventStatistics(model, 10, new Sinks(FloatVector.of(medians)), /* seed= */ 0);
      EventStatistics kept = new EventStatistics(model, 10, /* sinks= */ null, /* seed= */ 0);

      all.add(whole.slice(0, 1));
      for (int i = 0; i < norms.length; i++) {
        all.add(prompts.get(i));
        if (norms[i] < limit) {
          kept.add(prompts.get(i));
        }
      }

      assertThat(all.report().counts().apart().oneToken()).isEqualTo(1);
      assertThat(all.report().counts().apart().sinks()).isEqualTo(1);
      assertThat(all.report().counts().examples()).isEqualTo(norms.length - 1);
      assertThat(all.size()).isEqualTo(norms.length + 1);
      for (int row = 0; row < kept.report().scores().size(); row++) {
        ScoreExtremes found = all.report().scores().get(row).scores();
        ScoreExtremes wanted = kept.report().scores().get(row).scores();
        assertThat(found.mean().n()).isEqualTo(wanted.mean().n());
        assertClose(found.mean().value(), wanted.mean().value(), FLOAT);
        assertClose(found.max().value(), wanted.max().value(), FLOAT);
      }
    }
  }

  private static double lastNorm(LanguageModel model, TokenIds prompt) {
    try (Run run = model.run(prompt, Recording.of(HookPoint.RESID_POST))) {
      return Math.sqrt(
          IntStream.range(0, model.architecture().dModel())
              .mapToDouble(
                  i -> run.activation(HookPoint.RESID_POST.at(0), prompt.size() - 1).toFloats()[i])
              .map(x -> x * x)
              .sum());
    }
  }

  /// Check 16 on a trained model: what is dominant is not so by chance.
  @Test
  void randomSubUpdatesScoreFarLessThanDominantOnes() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      EventStatistics statistics =
          new EventStatistics(model, /* threshold= */ 10, /* sinks= */ null, /* seed= */ 1);
      PrefixSample.of(model, LONG_TEXT, 40, 5).forEach(statistics::add);

      EventReport report = statistics.report();

      assertThat(report.counts().eliminations()).isGreaterThan(20);
      assertThat(size(report, /* random= */ false))
          .isGreaterThan(5 * size(report, /* random= */ true));
      assertThat(report.layers().getLast().share().median().value())
          .isGreaterThan(5 * report.layers().getLast().share().random().value());
    }
  }

  private static double size(EventReport report, boolean random) {
    return report.scores().stream()
        .filter(row -> row.random() == random)
        .mapToDouble(row -> row.scores().size().n() * row.scores().size().value())
        .sum();
  }

  @Test
  void theSameSeedGivesTheSameReport() {
    try (LanguageModel model = Golden.GPT2.open()) {
      EventStatistics one = new EventStatistics(model, 10, /* sinks= */ null, /* seed= */ 7);
      EventStatistics two = new EventStatistics(model, 10, /* sinks= */ null, /* seed= */ 7);
      prompts(Golden.GPT2).forEach(one::add);
      prompts(Golden.GPT2).forEach(two::add);

      assertThat(one.report()).isEqualTo(two.report());
      assertThatThrownBy(() -> new EventStatistics(model, 10, /* sinks= */ null, 7).report())
          .hasMessage(
              "events: expected at least one prompt of two tokens or more that does not end in an attention sink, got none of 0; give more text");
    }
  }

  /// Check 11.
  @Test
  void intervalsAreThoseOfTheTextbook() {
    assertThat(Estimate.mean(new double[] {4, 4, 4})).isEqualTo(new Estimate(4, 4, 4, 3));
    Estimate mean = Estimate.mean(new double[] {1, 2, 3, 4});
    assertClose(mean.value(), 2.5, Tolerance.exact());
    assertClose(mean.high(), 2.5 + 1.959964 * Math.sqrt(5.0 / 3 / 4), Tolerance.within(1e-9));
    Estimate half = Estimate.proportion(5, 10);
    assertClose(half.low(), 0.2366, Tolerance.within(1e-4));
    assertClose(half.high(), 0.7634, Tolerance.within(1e-4));
    Estimate median = Estimate.median(IntStream.rangeClosed(1, 101).asDoubleStream().toArray());
    assertClose(median.value(), 51, Tolerance.exact());
    assertClose(median.low(), 41, Tolerance.exact());
    assertClose(median.high(), 61, Tolerance.exact());
    assertThat(Estimate.mean(new double[] {}).value()).isNaN();
  }

  @Test
  void promptsAreProperPrefixesOfSentences() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      List<String> sentences = PrefixSample.sentences(TEXT);

      List<TokenIds> prompts = PrefixSample.of(model, TEXT, 100, 3);

      assertThat(sentences)
          .hasSize(8)
          .contains("The lion eats meat.", "Lisa gave the book to John.");
      assertThat(prompts).hasSize(8);
      for (TokenIds prompt : prompts) {
        assertThat(sentences)
            .anyMatch(
                sentence -> {
                  TokenIds whole = model.tokenizer().encode(sentence).ids();
                  return prompt.size() < whole.size()
                      && whole.slice(0, prompt.size()).equals(prompt);
                });
      }
      assertThat(PrefixSample.of(model, TEXT, 100, 3)).isEqualTo(prompts);
      assertThat(PrefixSample.of(model, TEXT, 3, 3)).isEqualTo(prompts.subList(0, 3));
      assertThat(PrefixSample.of(model, "", 3, 3)).isEmpty();
    }
  }

  /// Check 15: streaming keeps what a full sort would, for both kinds.
  @Test
  void triggerExamplesAreThoseOfAFullSort() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      NeuronName neuron = new NeuronName(2, 531);
      List<TokenIds> sentences =
          PrefixSample.sentences(TEXT).stream()
              .map(sentence -> model.tokenizer().encode(sentence).ids())
              .toList();
      for (TriggerExamples.Unit unit : TriggerExamples.Unit.values()) {
        TriggerExamples streamed = new TriggerExamples(model, neuron, unit, 5);
        sentences.forEach(streamed::add);
        List<Double> all = new ArrayList<>();
        for (TokenIds sentence : sentences) {
          try (Run run = model.run(sentence, FfnSubUpdates.recording(model))) {
            double[] coefficients =
                IntStream.range(0, sentence.size())
                    .mapToDouble(at -> new FfnReference(run, 2, at).coefficients[531])
                    .toArray();
            if (unit == TriggerExamples.Unit.PREFIX) {
              Arrays.stream(coefficients).forEach(all::add);
            } else {
              all.add(Arrays.stream(coefficients).max().orElseThrow());
            }
          }
        }

        List<TriggerExamples.Trigger> found = streamed.found();

        assertThat(found.stream().map(TriggerExamples.Trigger::coefficient))
            .containsExactlyElementsOf(
                all.stream().sorted(java.util.Comparator.reverseOrder()).limit(5).toList());
        assertThat(streamed.sentences()).isEqualTo(8);
      }
    }
  }

  @Test
  void removingATokenBehindThePrefixChangesNothing() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      NeuronName neuron = new NeuronName(2, 531);
      TokenIds sentence = model.tokenizer().encode("The capital of Norway is Oslo.").ids();
      TriggerExamples examples =
          new TriggerExamples(model, neuron, TriggerExamples.Unit.PREFIX, 100);
      examples.add(sentence);
      TriggerExamples.Trigger middle =
          examples.found().stream().filter(t -> t.position() == 2).findFirst().orElseThrow();

      assertClose(examples.changeWithout(middle, 4).orElseThrow(), 0, Tolerance.within(1e-4));
      double left = NeuronCards.of(model).coefficients(neuron, sentence.slice(0, 2))[1];
      assertClose(
          examples.changeWithout(middle, 2).orElseThrow(), left / middle.coefficient() - 1, FLOAT);
      TriggerExamples.Trigger first =
          examples.found().stream().filter(t -> t.position() == 0).findFirst().orElseThrow();
      assertThat(examples.changeWithout(first, 0)).isEmpty();
    }
  }

  /// A key's words are those whose embedding, normed as the FFN reads it and with nothing else in
  /// the stream, moves the neuron most; by brute force in doubles.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA", "OLMO2", "PHI", "GEMMA2"})
  void keyWordsPointAlongTheKey(Golden golden) {
    try (LanguageModel model = golden.open()) {
      NeuronName neuron = new NeuronName(1, 9);

      List<NeuronKey> keys =
          NeuronCards.of(model).keys(neuron, ReadingRequest.words(512, 512, Baseline.NONE));

      var block = model.transformer().weights().blocks().get(1);
      var in = block.mlp().in();
      var first =
          switch (in) {
            case MlpWeights.Plain<Tensor> plain -> plain.up();
            case MlpWeights.Gated<Tensor> gated -> gated.gate();
            case MlpWeights.FusedGate<Tensor> fused -> fused.gateUp();
          };
      int width = model.architecture().dModel();
      double[] matrix = Reference.doubles(first.weight());
      int columns = matrix.length / width;
      double[] key = new double[width];
      for (int i = 0; i < width; i++) {
        key[i] =
            first.layout() == WeightLayout.IN_OUT ? matrix[i * columns + 9] : matrix[9 * width + i];
      }
      var norms =
          switch (model.architecture().block().wiring()) {
            case PRE_NORM, SANDWICH, PARALLEL_TWO_NORMS -> block.norms().ln2();
            case PARALLEL_ONE_NORM -> block.norms().ln1();
            case OUTPUT_NORM, POST_NORM -> null;
          };
      if (norms != null) {
        double[] gain = Reference.doubles(norms.weight());
        boolean offset =
            model.architecture().block().norm() instanceof Norm.RmsNorm rms && rms.unitOffset();
        for (int i = 0; i < width; i++) {
          key[i] *= gain[i] + (offset ? 1 : 0);
        }
        if (model.architecture().block().norm() instanceof Norm.LayerNorm) {
          double mean = Arrays.stream(key).average().orElseThrow();
          for (int i = 0; i < width; i++) {
            key[i] -= mean;
          }
        }
      }
      double[] embedding = Reference.doubles(model.transformer().weights().embedding().tokens());
      double[] products = new double[embedding.length / width];
      for (int id = 0; id < products.length; id++) {
        for (int i = 0; i < width; i++) {
          products[id] += embedding[id * width + i] * key[i];
        }
      }
      int[] ranked = Reference.ranked(products);
      VectorReading reading = keys.getFirst().reading();
      assertThat(reading.top().getFirst().id()).isEqualTo(ranked[0]);
      assertThat(reading.bottom().getFirst().id()).isEqualTo(ranked[ranked.length - 1]);
      assertClose(reading.top().getFirst().logit(), products[ranked[0]], FLOAT);
      assertClose(reading.norm(), Reference.length(key), FLOAT);
    }
  }
}
