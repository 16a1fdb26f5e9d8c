package io.lexiscope.workbench.survey;

import io.lexiscope.analysis.survey.ActiveNeuron;
import io.lexiscope.analysis.survey.NormFilter;
import io.lexiscope.analysis.survey.OverlapLayer;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// What a model's parts do over a set of prompts.
///
/// @param model name of the model as it was asked for
/// @param prompts how many were read
/// @param corpus what they are
/// @param k leading words that were compared
/// @param overlap leading words in common, by layer
/// @param norms what each norm does to words; empty where blocks read the stream as it is
/// @param active neurons among the most active in nearly all prompts
/// @param neuronsByChance as many to expect by chance
/// @param sentences what it comes to
/// @param seconds wall-clock time
/// @param provenance where the numbers come from
public record SurveyResult(
    String model,
    int prompts,
    String corpus,
    int k,
    List<OverlapLayer> overlap,
    List<NormFilter> norms,
    List<ActiveNeuron> active,
    double neuronsByChance,
    SurveySentences sentences,
    double seconds,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public SurveyResult {
    overlap = List.copyOf(overlap);
    norms = List.copyOf(norms);
    active = List.copyOf(active);
  }

  @Override
  public String method() {
    return "Leading words are compared by identity, so synonyms count as different; words in common"
        + " and high activations are not effects.";
  }
}
