package io.lexiscope.workbench.detox;

import io.lexiscope.workbench.ask.InterventionUnits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which value vectors are set, and to what.
///
/// @param neurons these, such as L3N12
/// @param words instead: the vectors that promote these words most, against the mean word
/// @param count how many vectors are chosen, by words or automatically; 10 when absent
/// @param coefficient what they are set to; the best of `doses` on the choosing half when absent
/// @param units what the coefficient means, `post-activation` when absent
/// @param doses coefficients of the dose-response curve; when they and `coefficient` are absent,
///   each neuron's mean and 1, 2, 4, 8 and 16 of its own standard deviations from it on the model's
///   text
public record DetoxSelection(
    @Nullable List<String> neurons,
    @Nullable List<String> words,
    @Nullable Integer count,
    @Nullable Double coefficient,
    @Nullable InterventionUnits units,
    @Nullable List<Double> doses) {
  /// Copies the lists.
  public DetoxSelection {
    neurons = neurons == null ? null : List.copyOf(neurons);
    words = words == null ? null : List.copyOf(words);
    doses = doses == null ? null : List.copyOf(doses);
  }

  /// Ten vectors, chosen automatically.
  public static DetoxSelection automatic() {
    return new DetoxSelection(null, null, null, null, null, null);
  }
}
