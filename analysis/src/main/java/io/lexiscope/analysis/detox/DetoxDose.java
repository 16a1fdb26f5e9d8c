package io.lexiscope.analysis.detox;

import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// To what value vectors are set.
///
/// @param coefficient the number; null for the best of the doses on the choosing half
/// @param doses of the dose-response curve; different, rising
/// @param ofInput whether numbers are arguments of the non-linearity, as in the code of Geva et al.
///   2022, rather than coefficients after it
public record DetoxDose(@Nullable Double coefficient, List<Double> doses, boolean ofInput) {
  private static final List<Double> STANDARD = List.of(2.0, 4.0, 6.0, 8.0, 12.0, 16.0);

  /// Sorts the doses, each once.
  ///
  /// @throws DetoxException if a number is not finite, or there is no number at all
  public DetoxDose {
    if (coefficient != null && !Double.isFinite(coefficient)) {
      throw new DetoxException(
          "coefficient", "detox: expected a finite coefficient, got " + coefficient);
    }
    if (coefficient == null && doses.isEmpty()) {
      throw new DetoxException(
          "doses", "detox: expected a coefficient or doses to choose it from, got neither");
    }
    for (Double dose : doses) {
      if (!Double.isFinite(dose)) {
        throw new DetoxException("doses", "detox: expected finite doses, got " + dose);
      }
    }
    doses = doses.stream().distinct().sorted().toList();
  }

  /// The best of 2, 4, 6, 8, 12 and 16, as coefficients.
  public static DetoxDose standard() {
    return new DetoxDose(/* coefficient= */ null, STANDARD, /* ofInput= */ false);
  }

  /// The change that sets neurons to a number.
  public Interventions setting(List<Target.Neuron> neurons, double number) {
    return new Interventions(
        neurons.stream()
            .map(
                neuron ->
                    Intervention.of(
                        ofInput ? new Target.NeuronInput(neuron.layer(), neuron.index()) : neuron,
                        new Change.Set(number)))
            .toList());
  }
}
