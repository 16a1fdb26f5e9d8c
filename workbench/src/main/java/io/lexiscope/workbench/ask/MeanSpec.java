package io.lexiscope.workbench.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Over what a mean is taken.
///
/// @param texts given ones; the model's default text when absent: held-out documents of its task,
///   or the pages of plain English that come with the program
/// @param source what was read, in results; ignored in requests
/// @param positions over which the mean was taken, in results; ignored in requests
public record MeanSpec(
    @Nullable List<String> texts, @Nullable String source, @Nullable Long positions) {
  /// Copies the list.
  public MeanSpec {
    texts = texts == null ? null : List.copyOf(texts);
  }
}
