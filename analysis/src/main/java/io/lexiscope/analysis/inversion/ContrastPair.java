package io.lexiscope.analysis.inversion;

import io.lexiscope.model.tokenizer.TokenIds;

/// Two prompts of one length that differ in what is asked about, each ending where its answer is
/// read.
///
/// @param original the prompt that runs
/// @param contrast whose heads are put into it
/// @param answer right after the original
/// @param foil right after the contrast
public record ContrastPair(TokenIds original, TokenIds contrast, int answer, int foil) {}
