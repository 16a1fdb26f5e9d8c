package io.lexiscope.server;

import io.javalin.http.Context;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Writes down mistakes of ours with what they came of, on this side only: the client is told in
/// one line and given the id under which it stands here. No line holds a query or a header, where
/// tokens are, nor what was asked.
final class FailureLog {
  /// The name of the logger.
  static final String NAME = "io.lexiscope.server";

  /// The header that every answer carries its request's id in.
  static final String HEADER = "X-Request-Id";

  private static final Logger LOGGER = System.getLogger(NAME);
  private static final String ID = "request id";
  private static final SecureRandom RANDOM = new SecureRandom();

  private FailureLog() {}

  /// An id for a request.
  static String newId() {
    var bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Gives a request its id and the answer the header of it.
  static void begin(Context context) {
    var id = newId();
    context.attribute(ID, id);
    context.header(HEADER, id);
  }

  /// The id of a request.
  static String id(Context context) {
    String id = context.attribute(ID);
    if (id == null) {
      begin(context);
      return id(context);
    }
    return id;
  }

  /// Writes down what a request failed by.
  static void write(Context context, Throwable thrown) {
    LOGGER.log(
        Level.ERROR,
        "request %s failed: %s %s".formatted(id(context), context.method(), path(context)),
        thrown);
  }

  /// Writes down what a job failed by that a request had begun.
  static void write(String requestId, String jobId, String verb, Throwable thrown) {
    LOGGER.log(
        Level.ERROR, "request %s failed: job %s, %s".formatted(requestId, jobId, verb), thrown);
  }

  /// The path on one line.
  private static String path(Context context) {
    return context.path().replaceAll("\\p{Cntrl}", "?");
  }
}
