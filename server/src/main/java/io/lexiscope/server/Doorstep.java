package io.lexiscope.server;

import io.javalin.http.Context;
import io.lexiscope.base.Digest;
import io.lexiscope.workbench.ask.Problem;
import io.lexiscope.workbench.ask.ProblemKind;
import java.util.Base64;

/// What a person sees who opens the page without the token: a sentence rather than JSON.
///
/// A browser keeps a strict cookie back when a link of another site is followed. Then the page asks
/// once more from here, where the cookie is sent; what stands behind the `#` goes with it.
final class Doorstep {
  private static final String ONCE_MORE = "location.replace('/?again' + location.hash)";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>Lexiscope</title>
      <style>body{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:4em auto;padding:0 1em}</style>
      <h1>This page opens with its token</h1>
      <p>Open the whole address that <code>lexiscope</code> printed when it was started, with its <code>?token=</code>.</p>
      <p>It changes with every start, unless one is given with <code>--token</code>.</p>
      """;

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; script-src 'sha256-"
          + Base64.getEncoder().encodeToString(Digest.sha256().add(ONCE_MORE).bytes())
          + "'";

  private Doorstep() {}

  /// Whether a refusal is for somebody who opens the page in a browser.
  static boolean isFor(Context context, Problem problem) {
    var accept = context.header("Accept");
    return problem.kind() == ProblemKind.UNAUTHORIZED
        && context.path().equals("/")
        && accept != null
        && accept.contains("text/html");
  }

  /// Makes the page the answer.
  static void write(Context context, Problem problem) {
    var fromElsewhere = "cross-site".equals(context.header("Sec-Fetch-Site"));
    context.status(problem.status()).contentType("text/html; charset=utf-8");
    context.header("Content-Security-Policy", POLICY);
    context.header("Cache-Control", "no-store");
    context.result(
        fromElsewhere && context.queryString() == null
            ? PAGE + "<script>" + ONCE_MORE + "</script>\n"
            : PAGE);
  }
}
