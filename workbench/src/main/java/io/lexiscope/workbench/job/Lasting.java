package io.lexiscope.workbench.job;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What becomes of the jobs of a verb when the process ends.
///
/// @param <Q> the request record
public sealed interface Lasting<Q> {
  /// They are asked anew: answering takes a moment.
  record Passing<Q>() implements Lasting<Q> {}

  /// They are kept on disk with their results; one that was interrupted is asked anew.
  ///
  /// @param subject what a request is about in a word or two, such as its model; null for the
  ///   default model
  record Kept<Q>(Function<Q, @Nullable String> subject) implements Lasting<Q> {}

  /// They are kept, and one that was interrupted can go on.
  ///
  /// @param subject as above
  /// @param goOn the request that goes on where a request was interrupted
  record Resumable<Q>(Function<Q, @Nullable String> subject, UnaryOperator<Q> goOn)
      implements Lasting<Q> {}
}
