package io.lexiscope.cli.terminal;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A result that could not be written; exit code 1.
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean unread;

  /// @param why as the system says it, or null where nobody knows
  OutputException(@Nullable IOException why) {
    super(
        "write: expected to write the result to standard output, got "
            + (why == null ? "an error" : String.valueOf(why.getMessage()))
            + "; it is lost, write it where there is room",
        why);
    unread =
        why != null
            && String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  /// Whether the reader had enough: it closed the pipe, which is no failure.
  public boolean unread() {
    return unread;
  }
}
