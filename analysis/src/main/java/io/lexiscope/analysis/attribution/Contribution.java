package io.lexiscope.analysis.attribution;

import java.util.Locale;

/// What a component adds to a logit, or to the difference of two.
///
/// @param component what adds
/// @param logits how much, in logits
public record Contribution(Component component, double logits) {
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %+.3f", component.label(), logits);
  }
}
