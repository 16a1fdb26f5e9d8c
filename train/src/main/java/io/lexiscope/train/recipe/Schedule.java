package io.lexiscope.train.recipe;

/// How the learning rate moves: linearly up, then along a curve.
///
/// @param kind the curve after the warm-up
/// @param peak learning rate after the warm-up
/// @param warmup steps of the warm-up
/// @param floor learning rate at the end of a cosine or a cooldown, as a share of the peak
public record Schedule(Kind kind, double peak, int warmup, double floor) {

  /// The curve after the warm-up.
  public enum Kind {
    /// Half a period of a cosine, from the peak to the floor.
    COSINE,
    /// The peak all the way.
    CONSTANT,
    /// The peak for three quarters of the steps, then linearly to the floor: until the fall begins
    /// the path does not depend on the number of steps, which may then still be chosen.
    COOLDOWN
  }

  /// Checks the numbers.
  ///
  /// @throws RecipeException if one is out of range
  public Schedule {
    if (kind == null || !(peak > 0) || warmup < 0 || !(floor >= 0) || floor > 1) {
      throw new RecipeException(
          "recipe: expected a schedule of a kind with peak > 0, warmup >= 0 and floor in [0, 1], got %s, %s, %d and %s"
              .formatted(kind, peak, warmup, floor));
    }
  }

  /// The learning rate of a step.
  ///
  /// @param step from 1
  /// @param steps of the whole run
  public double at(int step, int steps) {
    if (step <= warmup) {
      return peak * step / warmup;
    }
    return switch (kind) {
      case CONSTANT -> peak;
      case COSINE -> {
        double done = Math.min(1, (double) (step - warmup) / Math.max(1, steps - warmup));
        yield peak * (floor + (1 - floor) * (1 + Math.cos(Math.PI * done)) / 2);
      }
      case COOLDOWN -> {
        double left = Math.min(1, 4.0 * (steps - step) / steps);
        yield peak * (floor + (1 - floor) * left);
      }
    };
  }
}
