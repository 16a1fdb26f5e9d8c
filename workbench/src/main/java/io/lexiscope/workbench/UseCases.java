package io.lexiscope.workbench;

import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Work;
import java.util.HashMap;
import java.util.Map;

/// The use cases by the request they answer.
public final class UseCases {
  private final Map<Class<?>, Answerer> byRequest;

  private UseCases(Map<Class<?>, Answerer> byRequest) {
    this.byRequest = Map.copyOf(byRequest);
  }

  /// No use cases.
  public static UseCases none() {
    return new UseCases(Map.of());
  }

  /// These and one more; it takes the place of one for the same request.
  public <Q extends Request<R>, R extends Record> UseCases with(
      Class<Q> request, UseCase<Q, R> useCase) {
    var more = new HashMap<>(byRequest);
    more.put(request, (asked, work) -> useCase.answer(request.cast(asked), work));
    return new UseCases(more);
  }

  Record answer(Request<?> request, Work work) {
    var answerer = byRequest.get(request.getClass());
    if (answerer == null) {
      throw new WorkbenchException(
          ProblemKind.NOT_FOUND,
          Verb.of(request).verbName() + ": this workbench has no answer to it");
    }
    try {
      return answerer.answer(request, work);
    } catch (RuntimeException e) {
      throw Refusals.of(e);
    }
  }

  private interface Answerer {
    Record answer(Request<?> request, Work work);
  }
}
