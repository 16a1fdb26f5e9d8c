package io.lexiscope.workbench.invert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one of the places keeps of the query; side by side they show what is forgotten.
///
/// @param at the place
/// @param name its published short name; absent where it has none
/// @param size inputs within ε
/// @param shared how many of them are also within ε at the place before; absent at the first
/// @param consistency of each feature, in the order of the features
/// @param forgotten features that the place before shares and this does not
public record InvertSiteView(
    String at,
    @Nullable String name,
    int size,
    @Nullable Integer shared,
    List<Double> consistency,
    List<String> forgotten) {
  /// Copies the lists.
  public InvertSiteView {
    consistency = List.copyOf(consistency);
    forgotten = List.copyOf(forgotten);
  }
}
