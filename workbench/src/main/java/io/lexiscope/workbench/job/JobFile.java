package io.lexiscope.workbench.job;

/// A file that a finished job has to offer: a form of its result, or what it wrote.
///
/// @param name the last part of its path under the job
/// @param type its media type
public record JobFile(String name, String type) {}
