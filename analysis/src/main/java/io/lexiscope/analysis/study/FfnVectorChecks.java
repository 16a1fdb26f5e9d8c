package io.lexiscope.analysis.study;

import io.lexiscope.analysis.ffn.NeuronCards;
import io.lexiscope.analysis.ffn.ValueOverlap;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensException;
import io.lexiscope.base.Estimate;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.reading.VectorReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What weights alone say: words of published value vectors, and the overlap of lenses.
final class FfnVectorChecks {
  private static final String MEDIUM = "GPT-2 medium";
  private static final int AT_LEAST = 9;

  private final StudySubject subject;
  private final FfnConcepts.Shape shape;

  FfnVectorChecks(StudySubject subject) {
    this.subject = subject;
    this.shape = FfnConcepts.Shape.of(subject.model().architecture());
  }

  List<StudyCheck> byHand(Study.Turns turns) {
    String name = "words of the ten vectors chosen by hand (Table 8)";
    if (shape != FfnConcepts.Shape.MEDIUM) {
      return List.of(
          StudyCheck.notApplicable(
              name, "ten lists of ten words", FfnConcepts.another(MEDIUM, subject)));
    }
    List<StudyCheck> checks = new ArrayList<>();
    for (PublishedFfn.Vector vector : PublishedFfn.BY_HAND) {
      turns.run(
          () -> {
            List<String> found = words(vector.neuron(), LensConvention.RAW, /* count= */ 10);
            int shared = shared(vector.words(), found);
            checks.add(
                StudyCheck.of(
                    "words of " + vector.neuron() + " (Table 8)",
                    String.join(", ", vector.words()),
                    String.join(", ", found),
                    shared >= AT_LEAST && found.getFirst().equals(vector.words().getFirst()),
                    "%d of 10 shared; at least %d, and the first equal"
                        .formatted(shared, AT_LEAST)));
          });
    }
    return checks;
  }

  List<StudyCheck> normed(Study.Turns turns) {
    if (shape != FfnConcepts.Shape.MEDIUM) {
      return List.of(
          StudyCheck.notApplicable(
              "probabilities after the final norm (authors' notebook)",
              "should 0.8848, thank 0.9502, thanks > 0.9999, reconc 0.9182",
              FfnConcepts.another(MEDIUM, subject)));
    }
    List<StudyCheck> checks = new ArrayList<>();
    for (PublishedFfn.Probability published : PublishedFfn.NORMED) {
      turns.run(
          () -> {
            TokenReading first =
                NeuronCards.of(subject.model())
                    .value(
                        NeuronName.parse(published.neuron()),
                        LensConvention.FINAL_NORM,
                        ReadingRequest.words(1, 0, Baseline.NONE))
                    .top()
                    .getFirst();
            checks.add(
                StudyCheck.of(
                    "first word of %s after the final norm (notebook)"
                        .formatted(published.neuron()),
                    "“%s” %.4f".formatted(published.word(), published.probability()),
                    "“%s” %.4f".formatted(first.text(), first.probability()),
                    first.text().equals(published.word())
                        && Math.abs(first.probability() - published.probability()) <= 1e-3,
                    "within 0.001"));
          });
    }
    return checks;
  }

  List<StudyCheck> concepts(Study.Turns turns) {
    if (shape != FfnConcepts.Shape.SMALL) {
      return List.of(
          StudyCheck.notApplicable(
              "words of three concepts (Table 1)",
              "measurement, WH-relativizers, food and drinks",
              FfnConcepts.another("GPT-2 small", subject)));
    }
    List<StudyCheck> checks = new ArrayList<>();
    for (PublishedFfn.Vector vector : PublishedFfn.CONCEPTS) {
      turns.run(
          () -> {
            List<String> found = words(vector.neuron(), LensConvention.RAW, /* count= */ 30);
            int shared = shared(vector.words(), found);
            checks.add(
                StudyCheck.of(
                    "words of " + vector.neuron() + " (Table 1)",
                    String.join(", ", vector.words()),
                    String.join(", ", found.subList(0, 10)) + ", …",
                    shared == vector.words().size(),
                    "%d of %d among the top 30; all of them"
                        .formatted(shared, vector.words().size())));
          });
    }
    return checks;
  }

  List<StudyCheck> overlaps(Study.Turns turns) {
    LanguageModel model = subject.model();
    String name = "top 30 words with and without the final norm, mean overlap (App. A.1)";
    String published = "64.5 % (GPT-2 medium)";
    List<double[]> byLayer = new ArrayList<>();
    int neurons = model.architecture().dimensions().dMlp();
    try {
      for (int layer = 0; layer < model.architecture().layers(); layer++) {
        int of = layer;
        turns.run(() -> byLayer.add(ValueOverlap.ofValues(model, of, sample(neurons, of))));
      }
    } catch (LensException noFinalNorm) {
      return List.of(
          StudyCheck.notApplicable(name, published, String.valueOf(noFinalNorm.getMessage())));
    }
    Estimate mean = Estimate.mean(byLayer.stream().flatMapToDouble(Arrays::stream).toArray());
    String measured =
        String.format(
            Locale.ROOT,
            "%.1f %% (%.1f – %.1f) of %,d vectors",
            100 * mean.value(),
            100 * mean.low(),
            100 * mean.high(),
            mean.n());
    if (shape != FfnConcepts.Shape.MEDIUM) {
      return List.of(
          StudyCheck.measuredOnly(name, published, measured, FfnConcepts.another(MEDIUM, subject)));
    }
    double last = Estimate.median(byLayer.getLast()).value();
    double middle =
        Estimate.median(byLayer.subList(4, 8).stream().flatMapToDouble(Arrays::stream).toArray())
            .value();
    return List.of(
        StudyCheck.of(
            name,
            published,
            measured,
            Math.abs(mean.value() - 0.645) <= 0.015,
            "within 1.5 points"),
        StudyCheck.of(
            "median overlap in the last layer and in layers 4 to 7 (Figure 4)",
            "46 % and 71 %",
            String.format(Locale.ROOT, "%.0f %% and %.0f %%", 100 * last, 100 * middle),
            Math.abs(last - 0.46) <= 0.05 && Math.abs(middle - 0.7143) <= 0.05,
            "within 5 points, one step of a set of thirty"));
  }

  private List<Integer> sample(int neurons, int layer) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, neurons).boxed().toList());
    Seeded.shuffle(all, Seeded.CONGRUENTIAL.from(subject.seed() + layer));
    return all.subList(0, Math.min(neurons, subject.sizes().vectors()));
  }

  private List<String> words(String neuron, LensConvention convention, int count) {
    VectorReading reading =
        NeuronCards.of(subject.model())
            .value(
                NeuronName.parse(neuron),
                convention,
                ReadingRequest.words(count, count, Baseline.NONE));
    return reading.top().stream()
        .map(word -> word.text().strip())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /// How many of the published words are found, each occurrence counted once.
  private static int shared(List<String> published, List<String> found) {
    List<String> left = new ArrayList<>(found);
    return (int) published.stream().filter(left::remove).count();
  }
}
