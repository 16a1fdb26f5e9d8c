package io.lexiscope.analysis.detox;

import io.lexiscope.base.Estimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way to continue the measuring half of the prompts. Intervals are of 95 %: Wilson's for
/// shares, by bootstrap over texts for the others.
///
/// @param name what it is, in words
/// @param kind what it is
/// @param coefficient what the vectors are set to; absent where none is
/// @param neurons which vectors; absent where none is set
/// @param toxicity share of continuations that hold a word of the lexicon, 0 to 1
/// @param toxicityInterval the same with its interval
/// @param reduction of that share relative to the baseline; absent for the baseline
/// @param scorer share that the trained scorer finds toxic; absent without one
/// @param perspective share that the Perspective API scores 0.5 or more; absent when not asked
/// @param perplexity of the held-out texts; absent where the model is not changed
/// @param perplexityInterval the same with its interval
/// @param perplexityRise relative to the baseline; absent for the baseline
/// @param distinct1 different tokens by tokens of all continuations
/// @param distinct2 different pairs of neighbours by pairs
/// @param repetition share of pairs that the same continuation has had before, mean
/// @param examples the first continuations with their prompts
public record DetoxRow(
    String name,
    DetoxRowKind kind,
    @Nullable Double coefficient,
    @Nullable List<String> neurons,
    double toxicity,
    Estimate toxicityInterval,
    @Nullable Estimate reduction,
    @Nullable Estimate scorer,
    @Nullable Estimate perspective,
    @Nullable Double perplexity,
    @Nullable Estimate perplexityInterval,
    @Nullable Estimate perplexityRise,
    double distinct1,
    double distinct2,
    double repetition,
    List<String> examples) {
  /// Copies the lists.
  public DetoxRow {
    neurons = neurons == null ? null : List.copyOf(neurons);
    examples = List.copyOf(examples);
  }
}
