package io.lexiscope.workbench.models;

import java.util.List;

/// One kind of place in the model that can be recorded, read and changed.
///
/// @param name canonical name, with `{l}` where a layer number goes
/// @param pattern the same with `*` for every layer, as `at` takes it
/// @param label short name without layer and prefix, such as `resid_post`
/// @param axes names of its axes, such as `batch`, `pos`, `d_model`
/// @param description what the values there are
/// @param perLayer whether there is one in every layer
/// @param perHead whether it has an axis of heads
/// @param perNeuron whether it has an axis of neurons
/// @param readable whether the lens can read it in words
public record HookPointView(
    String name,
    String pattern,
    String label,
    List<String> axes,
    String description,
    boolean perLayer,
    boolean perHead,
    boolean perNeuron,
    boolean readable) {
  /// Copies the axes.
  public HookPointView {
    axes = List.copyOf(axes);
  }
}
