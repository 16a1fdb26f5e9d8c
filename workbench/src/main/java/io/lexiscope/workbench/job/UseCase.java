package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.Request;

/// Answers one kind of request.
///
/// @param <Q> the request record
/// @param <R> the result record
@FunctionalInterface
public interface UseCase<Q extends Request<R>, R extends Record> {
  /// Answers a request.
  ///
  /// @param request what is asked; every field may be absent or wrong
  /// @param work takes reports, gives turns for native passes, says when to stop
  /// @return the answer, plain data
  /// @throws io.lexiscope.workbench.ask.WorkbenchException when the request cannot be answered
  R answer(Q request, Work work);
}
