package io.lexiscope.bench;

import io.lexiscope.bench.task.Cost;
import org.jspecify.annotations.Nullable;

/// One task's figures.
///
/// @param name of the task
/// @param about what it does
/// @param medianSeconds of a round
/// @param lowSeconds lower end of the 95 % interval of the median
/// @param highSeconds upper end
/// @param rounds how many were timed
/// @param fractionOfPeak the time that the bound alone would take, over the time taken: the median
///   over the rounds, each with what the machine could do just before and after it
/// @param bound what bounds it: `memory` (reading) or `arithmetic` (multiplying)
/// @param peakBytes memory that the first round added at most; absent where the system does not
///   tell
/// @param ratio to the task it was timed in turn with; absent where there is none
/// @param checked whether the result was compared with another way of taking it; always true, as a
///   task with a wrong one has no figures
public record TaskResult(
    String name,
    String about,
    double medianSeconds,
    double lowSeconds,
    double highSeconds,
    int rounds,
    double fractionOfPeak,
    Cost.Bound bound,
    @Nullable Long peakBytes,
    @Nullable Ratio ratio,
    boolean checked) {

  /// Times of this task over times of another, pair by pair.
  ///
  /// @param to name of the other
  /// @param median of the pairs
  /// @param low lower end of its 95 % interval
  /// @param high upper end
  public record Ratio(String to, double median, double low, double high) {}
}
