package io.lexiscope.workbench.gradients;

import io.lexiscope.analysis.gradient.GradientReading;
import io.lexiscope.analysis.gradient.GradientSign;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to say of a gradient.
///
/// @param layers only these, from 0, negatives from the end; all when absent
/// @param matrices only these, such as `W_out`; all when absent
/// @param positions only these, from 0, negatives from the end; all when absent
/// @param top how many words at the upper end of each vector, 5 when absent
/// @param bottom how many at the lower end, 5 when absent
/// @param reading how vectors become words, `linear` when absent
/// @param sign `descent`, what an update moves towards, when absent, or `raw`
/// @param step the step whose effect is predicted and measured; one that should take a hundredth
///   off the loss when absent
/// @param measure whether the step is taken; true when absent
/// @param reversed how many heads of reversed attention to list, 0 when absent
public record GradientsReadout(
    @Nullable List<Integer> layers,
    @Nullable List<String> matrices,
    @Nullable List<Integer> positions,
    @Nullable Integer top,
    @Nullable Integer bottom,
    @Nullable GradientReading reading,
    @Nullable GradientSign sign,
    @Nullable Double step,
    @Nullable Boolean measure,
    @Nullable Integer reversed) {
  /// Copies the lists.
  public GradientsReadout {
    layers = layers == null ? null : List.copyOf(layers);
    matrices = matrices == null ? null : List.copyOf(matrices);
    positions = positions == null ? null : List.copyOf(positions);
  }

  /// Everything, in five words at each end.
  public static GradientsReadout standard() {
    return new GradientsReadout(null, null, null, null, null, null, null, null, null, null);
  }
}
