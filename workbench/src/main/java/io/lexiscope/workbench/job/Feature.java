package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All there is to know of a verb from outside: its name, its pair of records, who answers, and the
/// files a result has to offer.
///
/// @param verb how it is called
/// @param asks the request record
/// @param answer answers requests
/// @param files what a result has to offer beside its JSON
/// @param lasting what becomes of its jobs when the process ends
/// @param <Q> the request record
/// @param <R> the result record
public record Feature<Q extends Request<R>, R extends Record>(
    Verb verb,
    Class<Q> asks,
    UseCase<Q, R> answer,
    Function<R, List<ResultFile>> files,
    Lasting<Q> lasting) {
  /// A verb whose result is whole in its JSON.
  public Feature(Verb verb, Class<Q> asks, UseCase<Q, R> answer) {
    this(verb, asks, answer, result -> List.of());
  }

  /// A verb whose answers take a moment.
  public Feature(
      Verb verb, Class<Q> asks, UseCase<Q, R> answer, Function<R, List<ResultFile>> files) {
    this(verb, asks, answer, files, new Lasting.Passing<>());
  }

  /// The same, of jobs that last so.
  public Feature<Q, R> lasting(Lasting<Q> other) {
    return new Feature<>(verb, asks, answer, files, other);
  }

  /// Whether its jobs are kept on disk.
  public boolean isKept() {
    return !(lasting instanceof Lasting.Passing);
  }

  /// Whether a job of it that was interrupted can go on.
  public boolean isResumable() {
    return lasting instanceof Lasting.Resumable;
  }

  /// What a request is about in a word or two; null where its jobs are not kept.
  ///
  /// @param request an instance of [#asks]
  public @Nullable String subject(Request<?> request) {
    return switch (lasting) {
      case Lasting.Passing<Q> _ -> null;
      case Lasting.Kept<Q> kept -> said(kept.subject().apply(asks.cast(request)));
      case Lasting.Resumable<Q> kept -> said(kept.subject().apply(asks.cast(request)));
    };
  }

  private static String said(@Nullable String subject) {
    return subject == null ? "the default model" : subject;
  }

  /// The request that goes on where another was interrupted.
  ///
  /// @param request an instance of [#asks]
  /// @throws WorkbenchException of kind `invalid` when the verb cannot go on
  public Q goingOn(Request<?> request) {
    if (lasting instanceof Lasting.Resumable<Q> resumable) {
      return resumable.goOn().apply(asks.cast(request));
    }
    throw new WorkbenchException(
        ProblemKind.INVALID,
        "resume: expected a job of a verb that can go on, got " + name() + "; ask for it anew");
  }

  /// The name of the verb.
  public String name() {
    return verb.name();
  }

  /// The result record, which the request's own type names.
  public Class<R> gives() {
    return Arrays.stream(asks.getGenericInterfaces())
        .filter(ParameterizedType.class::isInstance)
        .map(ParameterizedType.class::cast)
        .filter(type -> type.getRawType() == Request.class)
        .findFirst()
        .map(
            type -> {
              @SuppressWarnings("unchecked") // asks is a Request<R>
              var result = (Class<R>) type.getActualTypeArguments()[0];
              return result;
            })
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name() + ": expected a record that implements Request, got " + asks.getName()));
  }

  /// Answers a request of this verb.
  ///
  /// @param request an instance of [#asks]
  /// @param work takes reports, gives turns for native passes, says when to stop
  public R answer(Request<?> request, Work work) {
    return answer.answer(asks.cast(request), work);
  }

  /// The files of a result, `result.json` first.
  ///
  /// @param result an instance of [#gives]
  public List<ResultFile> filesOf(Record result) {
    List<ResultFile> all = new ArrayList<>();
    all.add(ResultFile.json("result.json", result));
    all.addAll(files.apply(gives().cast(result)));
    return all;
  }
}
