package io.lexiscope.workbench.invert;

import io.lexiscope.model.site.ActivationConvention;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which activation.
///
/// @param at one or more places: heads, hook points, published short names such as `x0.mid`,
///   `a0.3`, `m1`; the first is read, all are compared; the stream after the first block when
///   absent
/// @param position of the query, from 0, negatives from the end; the last when absent
/// @param match at which position of other inputs; the one of the same part when absent
/// @param convention what counts as the activation; published for published short names and raw for
///   others when absent
public record InvertSite(
    @Nullable List<String> at,
    @Nullable Integer position,
    @Nullable PositionMatch match,
    @Nullable ActivationConvention convention) {
  /// Copies the list.
  public InvertSite {
    at = at == null ? null : List.copyOf(at);
  }
}
