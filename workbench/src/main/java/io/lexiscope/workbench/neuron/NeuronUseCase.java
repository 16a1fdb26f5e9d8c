package io.lexiscope.workbench.neuron;

import io.lexiscope.analysis.ffn.NeuronCards;
import io.lexiscope.analysis.ffn.NeuronKey;
import io.lexiscope.analysis.ffn.NullBand;
import io.lexiscope.analysis.ffn.PrefixSample;
import io.lexiscope.analysis.ffn.TriggerExamples;
import io.lexiscope.analysis.ffn.ValueOverlap;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.model.text.NeuronHabit;
import io.lexiscope.model.text.TextStatistics;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.ReadAgainst;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.TextFiles;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.lens.ConventionView;
import io.lexiscope.workbench.search.IndexShelf;
import io.lexiscope.workbench.shelf.KeptRun;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Says what one neuron listens for, what it writes, and where it fires.
public final class NeuronUseCase implements UseCase<NeuronRequest, NeuronResult> {
  private static final int STANDARD_WORDS = 20;
  private static final int MOST_WORDS = 1000;
  private static final int STANDARD_NULL = 100;
  private static final int MOST_NULL = 1000;
  private static final int STANDARD_TRIGGERS = 10;
  private static final int MOST_TRIGGERS = 200;
  private static final String KEY_CONVENTION =
      "words whose embedding points along the key, the gain and centring of the norm before the FFN"
          + " folded in; attention and earlier layers left out";

  private final ModelShelf shelf;
  private final IndexShelf indexes;

  private NeuronUseCase(ModelShelf shelf, IndexShelf indexes) {
    this.shelf = shelf;
    this.indexes = indexes;
  }

  /// The verb `neuron`.
  public static Feature<NeuronRequest, NeuronResult> feature(ModelShelf shelf, IndexShelf indexes) {
    return new Feature<>(
        Verb.keeps("neuron", "What one neuron listens for and writes."),
        NeuronRequest.class,
        new NeuronUseCase(shelf, indexes));
  }

  @Override
  public NeuronResult answer(NeuronRequest request, Work work) {
    long start = System.nanoTime();
    int words = count("words", request.words(), STANDARD_WORDS, 0, MOST_WORDS);
    int vectors = count("nullVectors", request.nullVectors(), STANDARD_NULL, 1, MOST_NULL);
    int most = count("triggers", request.triggers(), STANDARD_TRIGGERS, 1, MOST_TRIGGERS);
    long seed = request.seed() == null ? 0 : request.seed();
    try (var open = shelf.use(request.choice())) {
      NeuronName neuron = NeuronName.parse(request.neuron()).requireIn(open.model().architecture());
      boolean prompted = request.prompt().text() != null || request.prompt().tokens() != null;
      TokenIds ids =
          prompted
              ? Prompts.idsWithinContext("neuron", open.model(), request.prompt())
              : TokenIds.of();
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      NeuronCards cards = NeuronCards.of(model);
      List<NeuronValueView> values = new ArrayList<>();
      double[] norm = {Double.NaN};
      boolean raw = Boolean.TRUE.equals(request.raw());
      Baseline baseline = raw ? Baseline.NONE : Baseline.MEAN;
      ReadingRequest listed = ReadingRequest.words(words, words, baseline);
      for (LensConvention convention : conventions(model, raw)) {
        work.pass(
            () -> {
              norm[0] =
                  value(
                      model,
                      convention,
                      neuron,
                      listed,
                      new NullBand.Draw(neuron.layer(), vectors, seed),
                      values);
              return neuron;
            });
      }
      List<NeuronKeyView> keys =
          work.pass(() -> cards.keys(neuron, listed).stream().map(NeuronUseCase::view).toList());
      List<Double> coefficients =
          prompted ? work.pass(() -> coefficients(open, model, ids, neuron)) : List.of();
      Triggers triggers =
          request.data() == null
              ? new Triggers(List.of(), 0)
              : triggers(request, model, neuron, most, work);
      TextStatistics statistics = indexes.statistics(open, work);
      return new NeuronResult(
          Prompts.header(open, ids, seed, List.of()),
          neuron.toString(),
          neuron.layer(),
          neuron.index(),
          norm[0],
          ReadAgainst.of(model, raw),
          values,
          values.size() < 2 ? null : overlap(model, neuron, work),
          keys,
          KEY_CONVENTION,
          vectors,
          firing(model, statistics, neuron),
          habit(statistics, neuron),
          coefficients,
          triggers.views(),
          triggers.sentences(),
          (System.nanoTime() - start) / 1e6);
    }
  }

  private static List<Double> coefficients(
      OpenModel open, LanguageModel model, TokenIds ids, NeuronName neuron) {
    Recording recording = NeuronCards.of(model).recording(neuron);
    try (KeptRun kept = open.run(model, ids, recording)) {
      return Arrays.stream(NeuronCards.coefficients(neuron, kept.run())).boxed().toList();
    }
  }

  private static @Nullable FiringView firing(
      LanguageModel model, @Nullable TextStatistics statistics, NeuronName neuron) {
    return statistics == null || model.architecture().block().mlp() instanceof Mlp.Gated
        ? null
        : new FiringView(statistics.of(neuron), statistics.source().name(), statistics.positions());
  }

  private static @Nullable HabitView habit(@Nullable TextStatistics statistics, NeuronName neuron) {
    if (statistics == null) {
      return null;
    }
    NeuronHabit habit = statistics.habit(neuron);
    return new HabitView(
        habit.usualSign(),
        habit.negative(),
        habit.mean(),
        habit.deviation(),
        habit.meanSize(),
        habit.shareOfLayer(),
        statistics.source().name(),
        statistics.positions());
  }

  private static int count(
      String field, @Nullable Integer asked, int otherwise, int least, int most) {
    int count = asked == null ? otherwise : asked;
    if (count < least || count > most) {
      throw WorkbenchException.misuse(
          field, "neuron: expected %d to %,d in %s, got %d".formatted(least, most, field, count));
    }
    return count;
  }

  /// How the value vector is read: with the gain of the final norm at a scale of 1, or by the
  /// unembedding alone; and as if it were the whole stream, where there is a final norm.
  private static List<LensConvention> conventions(LanguageModel model, boolean raw) {
    Transformer transformer = model.transformer();
    if (CentredUnembedding.normOf(transformer) == null) {
      return List.of(LensConvention.RAW);
    }
    boolean linear = model.architecture().output().head() instanceof Head.Language;
    return List.of(
        raw || !linear ? LensConvention.RAW : LensConvention.FROZEN_SCALE,
        LensConvention.FINAL_NORM);
  }

  private static double overlap(LanguageModel model, NeuronName neuron, Work work) {
    return work.pass(
        () -> ValueOverlap.ofValues(model, neuron.layer(), List.of(neuron.index()))[0]);
  }

  /// Adds the words by one lens.
  ///
  /// @return the length of the value vector
  private static double value(
      LanguageModel model,
      LensConvention convention,
      NeuronName neuron,
      ReadingRequest request,
      NullBand.Draw random,
      List<NeuronValueView> to) {
    VectorReading reading = NeuronCards.of(model).value(neuron, convention, request);
    NullBand band = NullBand.of(model, convention, request.baseline(), random);
    double spread = reading.overVocabulary().spread();
    to.add(
        new NeuronValueView(
            ConventionView.of(convention),
            reading.top(),
            reading.bottom(),
            band.topFor(reading.norm()),
            band.bottomFor(reading.norm()),
            Double.isNaN(spread) ? null : Double.valueOf(spread),
            reading.words().leftOut()));
    return reading.norm();
  }

  private static NeuronKeyView view(NeuronKey key) {
    return new NeuronKeyView(
        key.branch().name().toLowerCase(Locale.ROOT),
        key.reading().norm(),
        key.bias(),
        key.reading().top(),
        key.reading().bottom());
  }

  private record Triggers(List<TriggerView> views, int sentences) {}

  private static Triggers triggers(
      NeuronRequest request, LanguageModel model, NeuronName neuron, int most, Work work) {
    List<String> sentences =
        switch (TextFiles.content("neuron", "data", String.valueOf(request.data()))) {
          case TextFiles.Content.Running running -> PrefixSample.sentences(running.text());
          case TextFiles.Content.Prompts lines -> lines.prompts();
        };
    TriggerExamples examples =
        new TriggerExamples(
            model,
            neuron,
            Boolean.TRUE.equals(request.everyPrefix())
                ? TriggerExamples.Unit.PREFIX
                : TriggerExamples.Unit.SENTENCE,
            most);
    int context = model.architecture().dimensions().context();
    int done = 0;
    for (String sentence : sentences) {
      work.progress(done++, sentences.size(), "sentences");
      TokenIds ids = model.tokenizer().encode(sentence).ids();
      if (!ids.isEmpty()) {
        work.pass(
            () -> {
              examples.add(ids.slice(0, Math.min(ids.size(), context)));
              return ids;
            });
      }
    }
    RandomGenerator random = Seeded.CONGRUENTIAL.from(request.seed() == null ? 0 : request.seed());
    List<TriggerView> views = new ArrayList<>();
    for (TriggerExamples.Trigger trigger : examples.found()) {
      int some = random.nextInt(trigger.position() + 1);
      views.add(
          new TriggerView(
              trigger.sentence(),
              TokenView.each(model.tokenizer(), trigger.tokens()),
              trigger.position(),
              trigger.coefficient(),
              without(examples, trigger, trigger.position(), work),
              without(examples, trigger, 0, work),
              without(examples, trigger, some, work)));
    }
    return new Triggers(views, examples.sentences());
  }

  private static @Nullable Double without(
      TriggerExamples examples, TriggerExamples.Trigger trigger, int position, Work work) {
    OptionalDouble change = work.pass(() -> examples.changeWithout(trigger, position));
    return change.isPresent() ? Double.valueOf(change.getAsDouble()) : null;
  }
}
