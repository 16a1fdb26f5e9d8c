package io.lexiscope.base;

import java.nio.file.FileSystemException;

/// Texts for a place that has one line.
public final class OneLine {
  private OneLine() {}

  /// The first line of a text, without blanks around it.
  public static String of(String text) {
    return text.lines().findFirst().orElse("").strip();
  }

  /// What something thrown says: the first line of its message, or the name of its class where it
  /// says nothing. Of a file only the reason: whoever reports it names the file.
  public static String of(Throwable thrown) {
    String said =
        thrown instanceof FileSystemException file ? file.getReason() : thrown.getMessage();
    return said == null || said.isBlank() ? thrown.getClass().getSimpleName() : of(said);
  }
}
