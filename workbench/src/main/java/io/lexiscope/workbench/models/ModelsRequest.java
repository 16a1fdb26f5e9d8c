package io.lexiscope.workbench.models;

import io.lexiscope.workbench.ask.Request;

/// Asks for the models at hand.
public record ModelsRequest() implements Request<ModelsResult> {}
