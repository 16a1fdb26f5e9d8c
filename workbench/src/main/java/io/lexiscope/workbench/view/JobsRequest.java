package io.lexiscope.workbench.view;

/// Asks for the jobs known.
public record JobsRequest() implements Request<JobsResult> {}
