package io.lexiscope.cli.trial;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;

/// Asks how many tokens a prompt has.
///
/// @param choice the model
/// @param prompt the text or the ids
public record CountRequest(@JsonUnwrapped ModelChoice choice, @JsonUnwrapped Prompt prompt)
    implements Request<CountResult> {}
