package io.lexiscope.workbench.ask;

/// What is asked of the workbench; the type says what comes back.
///
/// @param <R> the result record
public interface Request<R extends Record> {}
