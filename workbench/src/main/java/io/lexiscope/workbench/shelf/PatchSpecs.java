package io.lexiscope.workbench.shelf;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.FloatVector;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.edit.PatchOrigin;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.workbench.ask.PatchSpec;
import io.lexiscope.workbench.ask.PatchTermSpec;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Patches as they stand in requests, made into those of the library and back.
public final class PatchSpecs {
  private PatchSpecs() {}

  /// Opens patches for a model.
  ///
  /// @throws WorkbenchException of kind `invalid` when one does not fit the model
  @MustBeClosed
  static WeightEdits open(Architecture architecture, List<PatchSpec> specs) {
    try {
      return WeightEdits.open(architecture, stack(specs));
    } catch (EditException | ConfigException misfit) {
      throw new WorkbenchException(
          ProblemKind.INVALID, String.valueOf(misfit.getMessage()), "patches", misfit);
    }
  }

  /// The patches of a request.
  ///
  /// @throws EditException if one has no terms, or terms of several widths
  /// @throws ConfigException if there is no such kind of matrix
  public static PatchStack stack(List<PatchSpec> specs) {
    return new PatchStack(specs.stream().map(PatchSpecs::patch).toList());
  }

  private static WeightPatch patch(PatchSpec spec) {
    return new WeightPatch(
        MatrixName.parse(spec.target()),
        spec.terms().stream()
            .map(term -> new PatchTerm(vector(term.input()), vector(term.output())))
            .toList(),
        new PatchOrigin(
            Objects.requireNonNullElse(spec.name(), ""),
            Objects.requireNonNullElse(spec.method(), "by hand"),
            Objects.requireNonNullElse(spec.model(), ""),
            Objects.requireNonNullElse(spec.settings(), Map.of())));
  }

  private static FloatVector vector(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
      if (!Float.isFinite(floats[i])) {
        throw new EditException(
            "patch: expected finite numbers, got %s at %d; make the patch anew"
                .formatted(numbers.get(i), i));
      }
    }
    return FloatVector.of(floats);
  }

  /// Patches as they are written.
  public static List<PatchSpec> specs(PatchStack stack) {
    return stack.patches().stream()
        .map(
            patch ->
                new PatchSpec(
                    patch.target().toString(),
                    patch.terms().stream()
                        .map(term -> new PatchTermSpec(list(term.input()), list(term.output())))
                        .toList(),
                    patch.origin().name(),
                    patch.origin().method(),
                    patch.origin().model(),
                    patch.origin().settings()))
        .toList();
  }

  private static List<Double> list(FloatVector vector) {
    List<Double> numbers = new ArrayList<>(vector.size());
    for (float number : vector.toArray()) {
      numbers.add((double) number);
    }
    return numbers;
  }
}
