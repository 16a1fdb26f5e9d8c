package io.lexiscope.workbench.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// Asks what a model is.
///
/// @param choice the model
public record InfoRequest(@JsonUnwrapped ModelChoice choice) implements Request<InfoResult> {}
