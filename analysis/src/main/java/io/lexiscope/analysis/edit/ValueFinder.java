package io.lexiscope.analysis.edit;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.Loss;
import io.lexiscope.model.gradient.Taps;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookName;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;

/// Finds what has to be added at a place so that the model says a target.
final class ValueFinder {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final LanguageModel model;
  private final EditGoal goal;
  private final HookName place;
  private final EditMethod.ValueSearch how;

  ValueFinder(LanguageModel model, EditGoal goal, HookName place, EditMethod.ValueSearch how) {
    this.model = model;
    this.goal = goal;
    this.place = place;
    this.how = how;
  }

  /// @param value what is at the place, [d_model]; its length bounds what is added
  /// @return what to add, [d_model]
  double[] find(double[] value) {
    int width = value.length;
    double length = length(value);
    double rate = how.rate() * length / Math.sqrt(width);
    double[] added = new double[width];
    double[] first = new double[width];
    double[] second = new double[width];
    for (int step = 1; step <= how.steps(); step++) {
      Slope slope = slope(added);
      if (Math.exp(-slope.loss / goal.target().size()) >= how.enough()) {
        return added;
      }
      for (int i = 0; i < width; i++) {
        double g = slope.gradient[i];
        first[i] = BETA_1 * first[i] + (1 - BETA_1) * g;
        second[i] = BETA_2 * second[i] + (1 - BETA_2) * g * g;
        double m = first[i] / (1 - Math.pow(BETA_1, step));
        double v = second[i] / (1 - Math.pow(BETA_2, step));
        added[i] -= rate * m / (Math.sqrt(v) + EPSILON);
      }
      double most = how.longest() * length;
      double own = length(added);
      if (own > most) {
        for (int i = 0; i < width; i++) {
          added[i] *= most / own;
        }
      }
    }
    return added;
  }

  private record Slope(double loss, @SuppressWarnings("ArrayRecordComponent") float[] gradient) {}

  private Slope slope(double[] added) {
    float[] numbers = new float[added.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) added[i];
    }
    Intervention addition =
        Intervention.add(place, FloatVector.of(numbers)).at(new Where.At(List.of(goal.lookup())));
    return TensorScope.tidy(
        () -> {
          try (Backward backward =
              Backward.of(
                  model.with(Interventions.of(addition)),
                  goal.prompt(),
                  new Loss.Continuation(goal.target()),
                  Taps.at(place))) {
            Tensor gradient = backward.gradient(place).select(0, 0).select(0, goal.lookup());
            return new Slope(backward.loss(), gradient.toFloats());
          }
        });
  }

  static double length(double[] vector) {
    double sum = 0;
    for (double number : vector) {
      sum += number * number;
    }
    return Math.sqrt(sum);
  }
}
