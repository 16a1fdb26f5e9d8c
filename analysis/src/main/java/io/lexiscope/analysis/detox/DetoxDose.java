package io.lexiscope.analysis.detox;

import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.text.NeuronHabit;
import io.lexiscope.model.text.TextStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// To what value vectors are set.
///
/// @param coefficient the number; null for the best of the doses on the choosing half
/// @param doses of the dose-response curve; different, rising
/// @param ofInput whether numbers are arguments of the non-linearity, as in the code of Geva et al.
///   2022, rather than coefficients after it
/// @param spreads where numbers count each neuron's own standard deviations from its mean on a text
///   of the model's: what was measured there; null where numbers are coefficients
public record DetoxDose(
    @Nullable Double coefficient,
    List<Double> doses,
    boolean ofInput,
    @Nullable TextStatistics spreads) {
  private static final List<Double> STANDARD = List.of(2.0, 4.0, 6.0, 8.0, 12.0, 16.0);
  private static final List<Double> SPREADS = List.of(0.0, 1.0, 2.0, 4.0, 8.0, 16.0);

  /// Sorts the doses, each once.
  ///
  /// @throws DetoxException if a number is not finite, or there is no number at all, or spreads are
  ///   asked for of arguments of the non-linearity
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
    if (ofInput && spreads != null) {
      throw new DetoxException(
          "units",
          "detox: expected coefficients for doses in spreads, got arguments of the non-linearity; type the doses");
    }
    doses = doses.stream().distinct().sorted().toList();
  }

  /// The best of 2, 4, 6, 8, 12 and 16, as coefficients.
  public static DetoxDose standard() {
    return new DetoxDose(/* coefficient= */ null, STANDARD, /* ofInput= */ false, null);
  }

  /// The best of each neuron's mean and 1, 2, 4, 8 and 16 of its own standard deviations from it.
  ///
  /// @param spreads measured on a text of the model's
  public static DetoxDose inSpreads(TextStatistics spreads) {
    return new DetoxDose(/* coefficient= */ null, SPREADS, /* ofInput= */ false, spreads);
  }

  /// The number that a neuron is set to.
  ///
  /// @param sign the way it is turned from its mean, 1 or −1
  public double value(Target.Neuron neuron, int sign, double number) {
    TextStatistics measured = spreads;
    if (measured == null) {
      return number;
    }
    NeuronHabit habit = measured.habit(new NeuronName(neuron.layer(), neuron.index()));
    return habit.mean() + sign * number * habit.deviation();
  }

  /// The change that sets neurons to a number.
  ///
  /// @param signs of each, the way it is turned from its mean
  public Interventions setting(List<Target.Neuron> neurons, List<Integer> signs, double number) {
    return new Interventions(
        java.util.stream.IntStream.range(0, neurons.size())
            .mapToObj(
                i -> {
                  Target.Neuron neuron = neurons.get(i);
                  return Intervention.of(
                      ofInput ? new Target.NeuronInput(neuron.layer(), neuron.index()) : neuron,
                      new Change.Set(value(neuron, signs.get(i), number)));
                })
            .toList());
  }
}
