package io.lexiscope.workbench.generate;

/// Why a continuation ended.
public enum StopReason {
  /// As many tokens as were asked for.
  LENGTH,
  /// The model ended the text.
  END_OF_TEXT,
  /// The context is full.
  CONTEXT_FULL
}
