package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.Request;

/// Asks for the jobs known.
public record JobsRequest() implements Request<JobsResult> {}
