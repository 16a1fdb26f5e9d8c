package io.lexiscope.analysis.study;

import io.lexiscope.analysis.score.TextScorer;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// What ten coefficients held at 3 cost in perplexity (Table 5).
final class FfnPerplexityChecks {
  /// GELU, by tanh, of the 3 that the authors write in front of it.
  private static final double HELD = 2.99636;

  private final StudySubject subject;

  FfnPerplexityChecks(StudySubject subject) {
    this.subject = subject;
  }

  List<StudyCheck> all(Study.Turns turns) {
    String name = "perplexity of WikiText-2 without and with ten coefficients at 3 (Table 5)";
    String published = "21.7 and 25.3";
    if (FfnConcepts.Shape.of(subject.model().architecture()) != FfnConcepts.Shape.MEDIUM) {
      return List.of(
          StudyCheck.notApplicable(name, published, FfnConcepts.another("GPT-2 medium", subject)));
    }
    if (subject.scored().isEmpty()) {
      return List.of(
          StudyCheck.notApplicable(
              name, published, "needs the raw test split; give the file with --perplexity"));
    }
    List<NeuronName> chosen =
        PublishedFfn.BY_HAND.stream().map(vector -> NeuronName.parse(vector.neuron())).toList();
    RandomGenerator random = Seeded.CONGRUENTIAL.from(subject.seed());
    List<NeuronName> control =
        chosen.stream()
            .map(neuron -> new NeuronName(neuron.layer(), random.nextInt(4096)))
            .toList();
    double plain = perplexity(subject.model(), turns);
    double held = perplexity(held(chosen), turns);
    double other = perplexity(held(control), turns);
    return List.of(
        StudyCheck.of(
            name,
            published,
            String.format(Locale.ROOT, "%.2f and %.2f", plain, held),
            Math.abs(plain - 21.7) <= 0.2 && Math.abs(held - 25.3) <= 0.3,
            "within 0.2 and 0.3"),
        StudyCheck.measuredOnly(
            "perplexity with ten random vectors of the same layers",
            "not published",
            String.format(Locale.ROOT, "%.2f", other),
            "a control that the paper leaves out"));
  }

  private LanguageModel held(List<NeuronName> neurons) {
    return subject
        .model()
        .with(
            new Interventions(
                neurons.stream()
                    .map(
                        neuron ->
                            Intervention.of(
                                new Target.Neuron(neuron.layer(), neuron.index()),
                                new Change.Set(HELD)))
                    .toList()));
  }

  private double perplexity(LanguageModel model, Study.Turns turns) {
    TokenIds ids = model.tokenizer().encode(String.join("\n\n", subject.scored())).ids();
    int window = model.architecture().dimensions().context();
    TextScorer scorer = TextScorer.of(model, ids, window, window);
    List<Double> nats = new ArrayList<>();
    for (var part : scorer.windows()) {
      turns.run(
          () -> {
            for (double loss : scorer.nats(part)) {
              nats.add(loss);
            }
          });
    }
    return Math.exp(nats.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
  }
}
