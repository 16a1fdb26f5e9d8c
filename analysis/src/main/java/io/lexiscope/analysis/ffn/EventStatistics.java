package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.ffn.EventReport.Counts;
import io.lexiscope.analysis.ffn.EventReport.EventScores;
import io.lexiscope.analysis.ffn.EventReport.Extreme;
import io.lexiscope.analysis.ffn.EventReport.LayerRow;
import io.lexiscope.analysis.ffn.EventReport.Share;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.base.Estimate;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.text.Sinks;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.ExtremeLogits;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Collects events and scores over prompts, one at a time, each after its last token.
///
/// ```java
/// EventStatistics statistics = new EventStatistics(model, /* threshold= */ 10, /* sinks= */ null, /* seed= */ 0);
/// prompts.forEach(statistics::add);
/// statistics.report().counts().saturations();
/// ```
///
/// Scores are the paper's, with no norm of the lens, but above the mean word: (e_w − ē) · m·v;
/// words are ranked as the model does. Prompts of one token, and those whose last position is an
/// attention sink, are counted and are in no figure: there the stream is so long that any mean
/// would be about them. Not thread-safe.
///
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5 and App. A</a>
public final class EventStatistics {
  private static final int TEN = FfnTracer.DOMINANT;

  private final LanguageModel model;
  private final LensProjection lens;
  private final RandomGenerator random;
  private final double threshold;
  private final List<ValueVectors> values = new ArrayList<>();
  private final List<float[]> norms = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();
  private final @Nullable Sinks sinks;
  private int oneToken;
  private int endingInSinks;

  /// Scores of ten sub-updates for one word.
  private static final class Ten {
    private final int[] neurons;
    private final float[] scores;

    Ten(int[] neurons, float[] scores) {
      this.neurons = neurons;
      this.scores = scores;
    }

    double max() {
      return IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).max().orElseThrow();
    }

    double min() {
      return IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).min().orElseThrow();
    }

    double mean() {
      return IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).average().orElseThrow();
    }

    double size() {
      return IntStream.range(0, scores.length)
          .mapToDouble(i -> Math.abs(scores[i]))
          .average()
          .orElseThrow();
    }

    Ten without(Set<NeuronName> some, int layer) {
      int[] kept =
          IntStream.range(0, neurons.length)
              .filter(i -> !some.contains(new NeuronName(layer, neurons[i])))
              .toArray();
      float[] left = new float[kept.length];
      for (int i = 0; i < kept.length; i++) {
        left[i] = scores[kept[i]];
      }
      return new Ten(Arrays.stream(kept).map(i -> neurons[i]).toArray(), left);
    }
  }

  /// What is kept of one layer of an example.
  private record Layer(Ten leading, double share, double randomShare) {}

  /// The scores around an event.
  private record Event(FfnEventKind kind, Ten dominant, Ten random) {}

  private record Example(
      TokenIds prompt, FfnTrajectory trajectory, List<Layer> layers, List<Event> events) {
    int tokens() {
      return prompt.size();
    }
  }

  /// Statistics of a model.
  ///
  /// @param threshold size of score beyond which a value vector counts as extreme; the paper has 10
  ///   for GPT-2
  /// @param sinks tells which positions are attention sinks; null where none is
  /// @param seed of the random sub-updates
  /// @throws io.lexiscope.analysis.lens.LensException if the model has no unembedding
  public EventStatistics(LanguageModel model, double threshold, @Nullable Sinks sinks, long seed) {
    this.model = model;
    this.sinks = sinks;
    this.lens = LensProjection.of(model, LensConvention.RAW);
    this.random = Seeded.CONGRUENTIAL.from(seed);
    this.threshold = threshold;
    if (model.architecture().dimensions().dMlp() < TEN) {
      throw new FfnException(
          "events: expected at least %d neurons in a layer, got %d"
              .formatted(TEN, model.architecture().dimensions().dMlp()));
    }
    for (int layer = 0; layer < model.architecture().layers(); layer++) {
      ValueVectors vectors = ValueVectors.of(model, layer);
      values.add(vectors);
      norms.add(vectors.norms());
    }
  }

  /// Looks at one prompt after its last token.
  ///
  /// @throws io.lexiscope.model.forward.ForwardException if it is empty or longer than the context
  public void add(TokenIds prompt) {
    if (prompt.size() == 1) {
      oneToken++;
      return;
    }
    try (Run run = model.run(prompt, FfnSubUpdates.recording(model).at(-1))) {
      int position = run.length() - 1;
      if (sinks != null && sinks.isSink(run, position)) {
        endingInSinks++;
        return;
      }
      FfnTrajectory trajectory = FfnTracer.of(run).trajectory(position);
      OptionalInt saturation = trajectory.saturation();
      OptionalInt elimination = trajectory.elimination(prompt.get(position));
      List<Layer> layers = new ArrayList<>();
      List<Event> events = new ArrayList<>();
      for (int layer = 0; layer < values.size(); layer++) {
        Measured measured = measure(run, layer, position);
        int word = trajectory.steps().get(layer).before();
        layers.add(
            new Layer(
                measured.score(measured.dominant(), word),
                measured.share(measured.dominant()),
                measured.share(measured.some())));
        if (saturation.isPresent() && saturation.getAsInt() == layer) {
          events.add(measured.event(FfnEventKind.SATURATION, trajectory.answer()));
        }
        if (elimination.isPresent() && elimination.getAsInt() == layer) {
          events.add(measured.event(FfnEventKind.ELIMINATION, word));
        }
      }
      examples.add(new Example(prompt, trajectory, layers, events));
    }
  }

  private Measured measure(Run run, int layer, int position) {
    float[] coefficients = run.activation(HookPoint.MLP_POST.at(layer), position).toFloats();
    float[] lengths = norms.get(layer);
    float[] dominance = new float[coefficients.length];
    for (int i = 0; i < dominance.length; i++) {
      dominance[i] = Math.abs(coefficients[i]) * lengths[i];
    }
    int[] some = random.ints(0, dominance.length).distinct().limit(TEN).toArray();
    return new Measured(
        coefficients, dominance, values.get(layer).divisor(run, position), values.get(layer), some);
  }

  /// A layer at a position, ready to score ten sub-updates for a word.
  private final class Measured {
    private final float[] coefficients;
    private final float[] dominance;
    private final double divisor;
    private final ValueVectors vectors;
    private final int[] dominant;
    private final int[] some;

    Measured(
        float[] coefficients, float[] dominance, double divisor, ValueVectors vectors, int[] some) {
      this.coefficients = coefficients;
      this.dominance = dominance;
      this.divisor = divisor;
      this.vectors = vectors;
      this.dominant = ExtremeLogits.largest(dominance, TEN);
      this.some = some;
    }

    int[] dominant() {
      return dominant;
    }

    int[] some() {
      return some;
    }

    Ten score(int[] neurons, int word) {
      float[] perUnit =
          TensorScope.tidy(
              () ->
                  vectors
                      .pick(Arrays.stream(neurons).boxed().toList())
                      .matmul(lens.directions(List.of(word), Baseline.MEAN).reshape(-1, 1))
                      .reshape(-1)
                      .toFloats());
      float[] scores = new float[neurons.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) (coefficients[neurons[i]] * perUnit[i] / divisor);
      }
      return new Ten(neurons, scores);
    }

    double share(int[] neurons) {
      double all = 0;
      for (float one : dominance) {
        all += one;
      }
      double part = Arrays.stream(neurons).mapToDouble(i -> dominance[i]).sum();
      return all == 0 ? 0 : part / all;
    }

    Event event(FfnEventKind kind, int word) {
      return new Event(kind, score(dominant, word), score(some, word));
    }
  }

  /// Number of prompts looked at.
  public int size() {
    return examples.size() + oneToken + endingInSinks;
  }

  /// The prompts that the figures are about, in order.
  public List<TokenIds> prompts() {
    return examples.stream().map(Example::prompt).toList();
  }

  /// What was found so far.
  ///
  /// @throws FfnException if no prompt was looked at
  public EventReport report() {
    if (examples.isEmpty()) {
      throw new FfnException(
          "events: expected at least one prompt of two tokens or more that does not end in an attention sink, got none of %d; give more text"
              .formatted(size()));
    }
    Set<NeuronName> extreme = extreme();
    int last = values.size() - 1;
    List<EventScores> scores = new ArrayList<>();
    for (FfnEventKind kind : FfnEventKind.values()) {
      List<Event> events =
          examples.stream()
              .flatMap(example -> example.events().stream())
              .filter(event -> event.kind() == kind)
              .toList();
      scores.add(
          new EventScores(
              kind, /* random= */ false, averages(events.stream().map(Event::dominant).toList())));
      scores.add(
          new EventScores(
              kind, /* random= */ true, averages(events.stream().map(Event::random).toList())));
    }
    return new EventReport(
        new Counts(
            examples.size(),
            count(FfnEventKind.SATURATION),
            count(FfnEventKind.ELIMINATION),
            (int)
                examples.stream()
                    .filter(example -> example.trajectory().saturationLayer() < last)
                    .count(),
            new EventsApart(
                oneToken,
                endingInSinks,
                (int)
                    examples.stream()
                        .filter(example -> example.trajectory().elimination().isPresent())
                        .count())),
        scores,
        IntStream.rangeClosed(0, last).mapToObj(layer -> row(layer, extreme)).toList(),
        Estimate.mean(
            examples.stream()
                .mapToDouble(example -> last - example.trajectory().saturationLayer())
                .toArray()),
        new Extreme(
            threshold,
            extreme.size(),
            extreme.size() / (double) (values.size() * model.architecture().dimensions().dMlp())));
  }

  private int count(FfnEventKind kind) {
    return (int)
        examples.stream()
            .flatMap(example -> example.events().stream())
            .filter(event -> event.kind() == kind)
            .count();
  }

  /// Dominant sub-updates whose score for the leading word passed the threshold.
  public List<ExtremeSubUpdate> extremes() {
    List<ExtremeSubUpdate> found = new ArrayList<>();
    for (int number = 0; number < examples.size(); number++) {
      Example example = examples.get(number);
      for (int layer = 0; layer < example.layers().size(); layer++) {
        Ten ten = example.layers().get(layer).leading();
        boolean settled =
            example.trajectory().steps().get(layer).before() == example.trajectory().answer();
        for (int i = 0; i < ten.scores.length; i++) {
          if (Math.abs(ten.scores[i]) > threshold) {
            found.add(
                new ExtremeSubUpdate(
                    new NeuronName(layer, ten.neurons[i]),
                    ten.scores[i],
                    number,
                    example.tokens(),
                    settled));
          }
        }
      }
    }
    return found;
  }

  private Set<NeuronName> extreme() {
    return extremes().stream().map(ExtremeSubUpdate::neuron).collect(Collectors.toSet());
  }

  /// For each layer the scores of its dominant sub-updates for the word that led before it, of
  /// those that are not among some neurons: the solid lines of Figure 3.
  public List<ScoreExtremes> leadingWithout(Set<NeuronName> some) {
    return IntStream.range(0, values.size()).mapToObj(layer -> without(some, layer)).toList();
  }

  private ScoreExtremes without(Set<NeuronName> some, int layer) {
    return averages(
        examples.stream()
            .map(example -> example.layers().get(layer).leading().without(some, layer))
            .filter(ten -> ten.scores.length > 0)
            .toList());
  }

  private LayerRow row(int layer, Set<NeuronName> extreme) {
    List<Layer> rows = examples.stream().map(example -> example.layers().get(layer)).toList();
    List<Ten> leading = rows.stream().map(Layer::leading).toList();
    double[] shares = rows.stream().mapToDouble(Layer::share).sorted().toArray();
    long saturated =
        examples.stream()
            .filter(example -> example.trajectory().saturationLayer() == layer)
            .count();
    return new LayerRow(
        layer,
        Estimate.proportion(saturated, examples.size()),
        averages(leading),
        without(extreme, layer),
        new Share(
            Estimate.quantile(shares, 0.25),
            Estimate.median(shares),
            Estimate.quantile(shares, 0.75),
            Estimate.median(rows.stream().mapToDouble(Layer::randomShare).toArray())));
  }

  private static ScoreExtremes averages(List<Ten> tens) {
    return new ScoreExtremes(
        average(tens, Ten::max),
        average(tens, Ten::mean),
        average(tens, Ten::min),
        average(tens, Ten::size));
  }

  private static Estimate average(List<Ten> tens, ToDoubleFunction<Ten> of) {
    return Estimate.mean(tens.stream().mapToDouble(of).toArray());
  }
}
