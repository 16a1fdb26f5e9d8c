package io.lexiscope.analysis.separation;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.site.ActivationSite;
import org.jspecify.annotations.Nullable;

/// How well a place tells two groups apart.
///
/// @param site which place
/// @param position from 0, or negative from the end where inputs differ in length
/// @param separation 0 to 1: `2·AUC − 1` of inputs that test, along the difference of the means of
///   those that teach; below 0 where it turns round
/// @param invariance share of the variance there that the group explains, on inputs that test
/// @param swap share of the way from an answer of the second group to one of the first that setting
///   this place to what the first has goes; null where it was not asked, or no answers differ
public record SeparatingPlace(
    ActivationSite site,
    int position,
    double separation,
    double invariance,
    @Nullable Estimate swap) {

  /// What places are ranked by: separation times invariance, none of them below 0.
  public double score() {
    return Math.max(0, separation) * Math.max(0, invariance);
  }

  SeparatingPlace with(@Nullable Estimate swapped) {
    return new SeparatingPlace(site, position, separation, invariance, swapped);
  }
}
