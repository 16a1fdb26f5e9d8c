package io.lexiscope.analysis.exit;

import io.lexiscope.model.forward.LateKeys;

/// How continuations with and without early exit are set beside each other.
///
/// @param prompts how many test prompts are continued; 0 for none
/// @param tokens added to each
/// @param late how skipped layers get their keys and values
public record ExitContinuations(int prompts, int tokens, LateKeys late) {
  /// Twelve prompts, 32 tokens, exact keys and values.
  public static ExitContinuations standard() {
    return new ExitContinuations(/* prompts= */ 12, /* tokens= */ 32, LateKeys.EXACT);
  }

  /// None.
  public static ExitContinuations none() {
    return new ExitContinuations(/* prompts= */ 0, /* tokens= */ 1, LateKeys.EXACT);
  }
}
