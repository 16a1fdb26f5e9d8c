package io.lexiscope.workbench.view;

/// Asks whether the workbench is up.
public record HealthRequest() implements Request<HealthResult> {}
