package io.lexiscope.workbench.models;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;

/// Asks what a model is.
///
/// @param choice the model
public record InfoRequest(@JsonUnwrapped ModelChoice choice) implements Request<InfoResult> {}
