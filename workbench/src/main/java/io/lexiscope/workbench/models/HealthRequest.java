package io.lexiscope.workbench.models;

import io.lexiscope.workbench.ask.Request;

/// Asks whether the workbench is up.
public record HealthRequest() implements Request<HealthResult> {}
