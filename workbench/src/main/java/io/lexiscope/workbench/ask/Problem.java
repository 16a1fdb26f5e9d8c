package io.lexiscope.workbench.ask;

import io.lexiscope.base.OneLine;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What went wrong, as RFC 9457 problem details.
///
/// @param type a relative reference that names the kind
/// @param title short title of the kind
/// @param status HTTP status
/// @param detail one line: what was expected, what was found, where, and what to do
/// @param kind the kind
/// @param field the request field concerned
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    ProblemKind kind,
    @Nullable String field) {
  /// What is given is said back, and may be longer than anybody reads.
  private static final int LONGEST = 600;

  /// A problem of a kind. What steers a terminal or turns lines round is shown and not sent.
  public static Problem of(ProblemKind kind, String detail, @Nullable String field) {
    var slug = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Problem(
        "/problems/" + slug,
        kind.title(),
        kind.status(),
        OneLine.printable(detail, LONGEST),
        kind,
        field);
  }
}
