package io.lexiscope.workbench.ask;

/// The kinds of refusal and failure, with the HTTP status each is answered by.
public enum ProblemKind {
  /// The request is not JSON, or not of the right form.
  MALFORMED(400, "Malformed request"),
  /// The token is missing or wrong.
  UNAUTHORIZED(401, "Token required"),
  /// The request comes by a host name or origin that is not this server's.
  FORBIDDEN(403, "Not allowed from here"),
  /// No such verb, model, job or file.
  NOT_FOUND(404, "Not found"),
  /// The path exists but not for this method.
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  /// The request body is larger than the limit.
  TOO_LARGE(413, "Request too large"),
  /// The body is not declared as JSON.
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  /// The request is well formed and cannot be answered: an id out of range, an empty prompt, an
  /// unknown hook point.
  INVALID(422, "Cannot be answered"),
  /// The work was cancelled.
  CANCELLED(499, "Cancelled"),
  /// Something of ours failed.
  FAILED(500, "Failed"),
  /// Too much is waiting already, or the workbench is closing.
  BUSY(503, "Busy");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// A short title, the same for every problem of the kind.
  public String title() {
    return title;
  }
}
