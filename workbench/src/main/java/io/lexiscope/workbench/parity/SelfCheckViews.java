package io.lexiscope.workbench.parity;

import io.lexiscope.model.parity.SelfCheck;
import org.jspecify.annotations.Nullable;

/// Self-checks for display.
final class SelfCheckViews {
  private SelfCheckViews() {}

  /// A check as a view.
  ///
  /// @param atol largest absolute difference that passes instead of the check's own, or null
  static SelfCheckView of(SelfCheck check, @Nullable Double atol) {
    return switch (check.outcome()) {
      case SelfCheck.Compared compared -> {
        var tolerance = atol == null ? compared.tolerance() : atol;
        yield new SelfCheckView(
            check.name(),
            check.meaning(),
            compared.at(),
            compared.maxAbsDiff(),
            tolerance,
            compared.maxAbsDiff() <= tolerance,
            /* notApplicable= */ null);
      }
      case SelfCheck.NotApplicable none ->
          new SelfCheckView(
              check.name(),
              check.meaning(),
              /* at= */ null,
              /* maxAbsDiff= */ null,
              /* tolerance= */ null,
              /* passed= */ true,
              none.reason());
    };
  }
}
