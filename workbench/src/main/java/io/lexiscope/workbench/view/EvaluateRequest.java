package io.lexiscope.workbench.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// Asks for the quality of a model on the held-out questions of a task.
///
/// @param choice the model
/// @param recipe recipe whose task is asked; the one in the model's folder when absent
public record EvaluateRequest(@JsonUnwrapped ModelChoice choice, @Nullable String recipe)
    implements Request<EvaluateResult> {}
