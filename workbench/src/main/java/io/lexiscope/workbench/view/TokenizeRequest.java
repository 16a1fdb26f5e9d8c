package io.lexiscope.workbench.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// Asks for the tokens of a text, or for the text of tokens.
///
/// @param choice the model
/// @param prompt the text or the ids
public record TokenizeRequest(@JsonUnwrapped ModelChoice choice, @JsonUnwrapped Prompt prompt)
    implements Request<TokenizeResult> {}
