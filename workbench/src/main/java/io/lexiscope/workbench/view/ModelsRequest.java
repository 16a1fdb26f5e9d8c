package io.lexiscope.workbench.view;

/// Asks for the models at hand.
public record ModelsRequest() implements Request<ModelsResult> {}
