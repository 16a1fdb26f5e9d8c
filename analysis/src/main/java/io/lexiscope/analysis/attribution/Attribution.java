package io.lexiscope.analysis.attribution;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.reading.Baseline;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A logit, or the difference of two, as a sum over components.
///
/// @param subject which logit
/// @param convention which scale the final norm was held at
/// @param contributions of every component, in the order of the forward pass
/// @param balance how well they sum
/// @param softCap the squeeze that the model applies afterwards and that is left out here: the
///   logit is the one before it
public record Attribution(
    Subject subject,
    LensConvention convention,
    List<Contribution> contributions,
    Balance balance,
    SoftCap softCap) {

  /// Copies the list.
  public Attribution {
    contributions = List.copyOf(contributions);
  }

  /// The contributions of largest absolute value, largest first.
  public List<Contribution> strongest(int count) {
    return contributions.stream()
        .sorted(
            Comparator.comparingDouble(
                    (Contribution contribution) -> Math.abs(contribution.logits()))
                .reversed())
        .limit(count)
        .toList();
  }

  /// Which logit.
  ///
  /// @param at the residual stream it is read from
  /// @param position from 0
  /// @param target index into the vocabulary
  /// @param against the one whose logit is subtracted, or null
  /// @param baseline what the logit stands above where none is subtracted
  public record Subject(
      HookName at, int position, int target, @Nullable Integer against, Baseline baseline) {}

  /// How well contributions sum.
  ///
  /// @param sum of all contributions, in logits
  /// @param logit what was to be explained, computed from the stream itself: less the mean where
  ///   the baseline is the mean
  /// @param residualError absolute difference of the two
  /// @param meanLogit the mean over the vocabulary at the same place, before any soft cap
  public record Balance(double sum, double logit, double residualError, double meanLogit) {}
}
