package io.lexiscope.workbench.ask;

/// What is asked of the workbench; the type says what comes back.
///
/// @param <R> the result record
public interface Request<R extends Record> {
  /// Whether the answer replaces what others use, such as an index: then it takes the leave that
  /// writing a file takes.
  default boolean replaces() {
    return false;
  }
}
