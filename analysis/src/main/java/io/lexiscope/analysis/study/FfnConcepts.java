package io.lexiscope.analysis.study;

import io.lexiscope.model.config.Architecture;
import java.util.ArrayList;
import java.util.List;

/// Geva et al. 2022, *Transformer Feed-Forward Layers Build Predictions by Promoting Concepts in
/// the Vocabulary Space*.
///
/// What holds in every model is checked on every model; what was published for GPT-2 small or
/// medium is compared where the model has that shape, and said to be not applicable elsewhere.
public final class FfnConcepts implements Study {
  @Override
  public String name() {
    return "ffn-concepts";
  }

  @Override
  public String source() {
    return "Geva, Caciularu, Wang, Goldberg 2022, Transformer Feed-Forward Layers Build Predictions by Promoting Concepts in the Vocabulary Space, EMNLP, arXiv 2203.14680";
  }

  @Override
  public List<Step> checks(StudySubject subject) {
    List<Step> steps = new ArrayList<>();
    FfnIdentityChecks identities = new FfnIdentityChecks(subject);
    steps.add(new Step("accounts", identities::accounts));
    FfnVectorChecks vectors = new FfnVectorChecks(subject);
    steps.add(new Step("published vectors", vectors::byHand));
    steps.add(new Step("published probabilities", vectors::normed));
    steps.add(new Step("published concepts", vectors::concepts));
    steps.add(new Step("overlap of lenses", vectors::overlaps));
    FfnCorpusChecks corpus = new FfnCorpusChecks(subject);
    steps.add(new Step("events", corpus::all));
    steps.add(new Step("perplexity", new FfnPerplexityChecks(subject)::all));
    steps.add(
        new Step(
            "elsewhere",
            turns ->
                List.of(
                    StudyCheck.notApplicable(
                        "toxicity with ten vectors turned up (Table 5)",
                        "58.5 % of completions toxic without, 30.8 % with",
                        "scored by a service of its time; the experiment itself is the verb detox"),
                    StudyCheck.notApplicable(
                        "early exit (Table 6)",
                        "94.1 ± 1.4 % accuracy, 20.0 % of layers saved (WikiLM)",
                        "published for a model that is not public in this form; the experiment itself is the verb exit"),
                    StudyCheck.notApplicable(
                        "words of a concept (Table 2)",
                        "36.7 % of the top 30 words (GPT-2 small), 16 % for random vectors",
                        "judged by people"))));
    return steps;
  }

  /// Which published model a network has the shape of.
  enum Shape {
    SMALL,
    MEDIUM,
    OTHER;

    static Shape of(Architecture architecture) {
      if (!architecture.family().equals("gpt2")
          || architecture.dimensions().vocabulary() != 50_257) {
        return OTHER;
      }
      int layers = architecture.layers();
      int width = architecture.dModel();
      return layers == 12 && width == 768 ? SMALL : layers == 24 && width == 1024 ? MEDIUM : OTHER;
    }
  }

  /// Why a check of a published model is not made on another.
  static String another(String published, StudySubject subject) {
    Architecture architecture = subject.model().architecture();
    return "published for %s; this model is of family %s with %d layers of width %d"
        .formatted(published, architecture.family(), architecture.layers(), architecture.dModel());
  }
}
