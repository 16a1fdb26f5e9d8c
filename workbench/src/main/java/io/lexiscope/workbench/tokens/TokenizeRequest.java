package io.lexiscope.workbench.tokens;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;

/// Asks for the tokens of a text, or for the text of tokens.
///
/// @param choice the model
/// @param prompt the text or the ids
public record TokenizeRequest(@JsonUnwrapped ModelChoice choice, @JsonUnwrapped Prompt prompt)
    implements Request<TokenizeResult> {}
