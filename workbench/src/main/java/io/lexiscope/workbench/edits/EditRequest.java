package io.lexiscope.workbench.edits;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;

/// Asks for patches after which a model says something else.
///
/// @param choice the model, with the patches that the edit comes on top of
/// @param prompt what the model reads
/// @param wish what it should say, and what to ask besides
/// @param how the edit is made
public record EditRequest(
    @JsonUnwrapped ModelChoice choice,
    @JsonUnwrapped Prompt prompt,
    @JsonUnwrapped EditWish wish,
    @JsonUnwrapped EditHow how)
    implements Request<EditResult> {}
