package io.lexiscope.workbench.job;

/// One event of a job's stream. As a server-sent event: `id` is the sequence, `event` the type,
/// `data` the record.
///
/// @param sequence counts the job's events from 0 without gaps
/// @param type what happened
/// @param data the record of the type
public record JobEvent(long sequence, JobEventType type, Record data) {}
