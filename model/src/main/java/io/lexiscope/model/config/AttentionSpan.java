package io.lexiscope.model.config;

/// How far back a layer looks.
public sealed interface AttentionSpan {

  /// As far as there is anything.
  record Global() implements AttentionSpan {}

  /// A query at position q sees the keys k with q − k < window, itself included.
  ///
  /// @param window number of positions seen
  record Sliding(int window) implements AttentionSpan {

    /// Checks the window.
    ///
    /// @throws ConfigException if the window is not positive
    public Sliding {
      Dimensions.requirePositive("sliding window", window);
    }
  }
}
