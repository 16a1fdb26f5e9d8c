package io.lexiscope.server;

import io.javalin.http.Context;
import io.lexiscope.workbench.ask.Problem;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.ViewJson;
import java.util.Arrays;

/// Writes problems as RFC 9457 problem details.
final class Problems {
  private Problems() {}

  /// Makes a problem the answer.
  static void write(Context context, Problem problem) {
    context.status(problem.status());
    context.contentType("application/problem+json");
    context.header("Cache-Control", "no-store");
    var logged = problem.kind() == ProblemKind.FAILED ? FailureLog.id(context) : null;
    context.result(ViewJson.writeBytes(new Failure(problem, logged)));
  }

  /// The problem of an HTTP status that the framework chose.
  static Problem ofStatus(int status, String detail) {
    var kind =
        Arrays.stream(ProblemKind.values())
            .filter(known -> known.status() == status)
            .findFirst()
            .orElse(status < 500 ? ProblemKind.MALFORMED : ProblemKind.FAILED);
    return Problem.of(kind, detail, /* field= */ null);
  }
}
