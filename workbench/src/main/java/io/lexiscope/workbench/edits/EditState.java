package io.lexiscope.workbench.edits;

import io.lexiscope.model.tokenizer.TokenView;

/// What a model makes of a prompt.
///
/// @param text the prompt and what the model says after it
/// @param said the likeliest next token
/// @param probability of the whole target after the prompt
/// @param exact whether every token of the target is the likeliest where it stands
public record EditState(String text, TokenView said, double probability, boolean exact) {}
