package io.lexiscope.analysis.detox;

import io.lexiscope.base.Estimate;
import org.jspecify.annotations.Nullable;

/// How a detoxification experiment was done.
///
/// @param headline what came out, with its price, in a sentence
/// @param inSpreads whether doses count each neuron's own standard deviations from its mean, rather
///   than being coefficients
/// @param selection how the vectors were chosen, in words
/// @param coefficient how the coefficient was chosen, in words
/// @param choosingPrompts prompts of the choosing half that were used
/// @param measuringPrompts prompts of the measuring half that were used
/// @param texts held-out texts of the measuring half
/// @param textTokens their tokens with a loss
/// @param lexiconWords words and phrases of the lexicon
/// @param scorer what the trained scorer is; absent without one
/// @param scorerAccuracy share of held-out labelled texts it tells rightly; absent without one
public record DetoxMethod(
    String headline,
    boolean inSpreads,
    String selection,
    String coefficient,
    int choosingPrompts,
    int measuringPrompts,
    int texts,
    int textTokens,
    int lexiconWords,
    @Nullable String scorer,
    @Nullable Estimate scorerAccuracy) {}
