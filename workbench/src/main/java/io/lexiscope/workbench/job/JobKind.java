package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.Request;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a job does, as it is told to others.
///
/// @param verb what it does
/// @param request what was asked, where it is to be kept on disk; null where the job passes
/// @param subject what it is about, or null
/// @param resumable whether its verb can go on with one that was interrupted
/// @param files what its result has to offer
record JobKind(
    Verb verb,
    @Nullable Request<?> request,
    @Nullable String subject,
    boolean resumable,
    Function<Record, List<ResultFile>> files) {

  /// A job that passes.
  static JobKind passing(Verb verb, Function<Record, List<ResultFile>> files) {
    return new JobKind(
        verb, /* request= */ null, /* subject= */ null, /* resumable= */ false, files);
  }

  /// A job of a feature, kept where the feature's jobs are.
  static JobKind of(Feature<?, ?> feature, Request<?> request) {
    return new JobKind(
        feature.verb(),
        feature.isKept() ? request : null,
        feature.subject(request),
        feature.isResumable(),
        feature::filesOf);
  }
}
