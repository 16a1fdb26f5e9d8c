package io.lexiscope.workbench.values;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value at a place. All numbers are of prompts that nothing was fitted to.
///
/// @param layer from 0
/// @param position from 0; absent where all positions are joined
/// @param component principal component of the largest |r|, from 1
/// @param value its name
/// @param pearson correlation with that component, −1 to 1
/// @param components correlation with each component, by falling variance
/// @param ridge share of variance that a ridge regression explains
/// @param pls the same by partial least squares
/// @param partial the least correlation of the component with it that is left when one other value
///   is held fixed
/// @param given that other value; absent where there is none
/// @param circles on circles of some periods; none where all positions are joined
/// @param shuffled share of variance that a ridge regression on shuffled values explains
/// @param random mean |r| of random directions
/// @param verdict `causal`, `weak`, `not used` or `undetermined`, at the place of the layer where
///   it is read best; absent elsewhere
/// @param effect change of the answer for one standard deviation of the value, in standard
///   deviations of the answer; with `verdict`
/// @param randomEffect the same along a random direction; with `verdict`
public record TracedValueView(
    int layer,
    @Nullable Integer position,
    int component,
    String value,
    double pearson,
    List<Double> components,
    double ridge,
    double pls,
    double partial,
    @Nullable String given,
    List<TracedCircle> circles,
    double shuffled,
    double random,
    @Nullable String verdict,
    @Nullable Double effect,
    @Nullable Double randomEffect) {
  /// Copies the lists.
  public TracedValueView {
    components = List.copyOf(components);
    circles = List.copyOf(circles);
  }
}
