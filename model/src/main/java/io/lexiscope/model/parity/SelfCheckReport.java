package io.lexiscope.model.parity;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// What the self-checks of a model came to.
///
/// @param tokens the prompt they ran on
/// @param checks every check, those that say nothing about the model included
public record SelfCheckReport(TokenIds tokens, List<SelfCheck> checks) {
  /// Copies the list.
  public SelfCheckReport {
    checks = List.copyOf(checks);
  }

  /// Whether at least one identity was compared, and all that were hold.
  public boolean passed() {
    return !compared().isEmpty() && checks.stream().allMatch(SelfCheck::passed);
  }

  /// The largest absolute difference of all.
  public double worst() {
    return compared().stream().mapToDouble(SelfCheck.Compared::maxAbsDiff).max().orElse(0);
  }

  private List<SelfCheck.Compared> compared() {
    return checks.stream()
        .map(SelfCheck::outcome)
        .filter(SelfCheck.Compared.class::isInstance)
        .map(SelfCheck.Compared.class::cast)
        .toList();
  }
}
