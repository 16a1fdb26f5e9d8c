package io.lexiscope.analysis.gradient;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.edit.PatchOrigin;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.MatrixGradient;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Steps of gradient descent as patches: `W − η·Σ xᵢᵀδᵢ`, a term a position, no matrix formed.
public final class WeightUpdate {
  private WeightUpdate() {}

  /// A step on all given matrices.
  ///
  /// @param step η
  /// @param origin where the patches say they come from
  public static PatchStack of(
      Backward backward, List<MatrixName> matrices, double step, PatchOrigin origin) {
    List<WeightPatch> patches = new ArrayList<>();
    for (MatrixName name : matrices) {
      of(backward, name, step, _ -> true, origin).ifPresent(patches::add);
    }
    return new PatchStack(patches);
  }

  /// A step on one matrix from some positions.
  ///
  /// @param step η
  /// @param positions which take part
  /// @return empty where nothing came back to it
  public static Optional<WeightPatch> of(
      Backward backward, MatrixName name, double step, IntPredicate positions, PatchOrigin origin) {
    return TensorScope.tidy(
        () -> {
          MatrixGradient gradient = backward.at(name);
          int inputs = Math.toIntExact(gradient.x().size(-1));
          int outputs = Math.toIntExact(gradient.delta().size(-1));
          float[] x = gradient.x().toFloats();
          float[] delta = gradient.delta().toFloats();
          List<PatchTerm> terms = new ArrayList<>();
          for (int i = 0; i < x.length / inputs; i++) {
            float[] back = Arrays.copyOfRange(delta, i * outputs, (i + 1) * outputs);
            if (positions.test(i) && !isZero(back)) {
              terms.add(
                  new PatchTerm(
                      FloatVector.of(Arrays.copyOfRange(x, i * inputs, (i + 1) * inputs)),
                      FloatVector.of(back).times(-step)));
            }
          }
          return terms.isEmpty()
              ? Optional.<WeightPatch>empty()
              : Optional.of(new WeightPatch(name, terms, origin));
        });
  }

  private static boolean isZero(float[] vector) {
    for (float number : vector) {
      if (number != 0) {
        return false;
      }
    }
    return true;
  }
}
