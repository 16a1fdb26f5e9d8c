package io.lexiscope.workbench.edits;

import io.lexiscope.model.tokenizer.TokenView;

/// What an edit does to a prompt's own answer.
///
/// @param text the prompt
/// @param answer what the model said before
/// @param predicted change of its log p to first order, nats
/// @param measured change of its log p, nats
public record BlastPrompt(String text, TokenView answer, double predicted, double measured) {}
