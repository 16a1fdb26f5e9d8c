package io.lexiscope.model.hook;

import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What one forward pass keeps and changes. Confined to the pass's thread.
public final class ActiveHooks {
  private final Recording recording;
  private final Map<HookName, List<UnaryOperator<Tensor>>> changes;
  private final Set<HookPoint> activePoints = EnumSet.noneOf(HookPoint.class);
  private final Activations activations = new Activations();

  /// Hooks for one pass.
  ///
  /// @param recording what to keep; a value is kept after it was changed
  /// @param changes functions that replace the value at a place, in order; each must keep the shape
  public ActiveHooks(Recording recording, Map<HookName, List<UnaryOperator<Tensor>>> changes) {
    this.recording = recording;
    this.changes = changes;
    activePoints.addAll(recording.points());
    changes.keySet().forEach(name -> activePoints.add(name.point()));
  }

  /// Hooks that keep and change nothing.
  public static ActiveHooks none() {
    return new ActiveHooks(Recording.nothing(), Map.of());
  }

  /// Whether a place is kept or changed, so that its value must exist as such.
  public boolean wants(HookPoint point, int layer) {
    return activePoints.contains(point) && wants(point.at(layer));
  }

  /// Whether a place outside the blocks is kept or changed.
  public boolean wants(HookPoint point) {
    return activePoints.contains(point) && wants(point.once());
  }

  private boolean wants(HookName name) {
    return recording.keeps(name) || changes.containsKey(name);
  }

  /// Passes a value through a place inside a block.
  ///
  /// @return the value that goes on
  /// @throws HookException if a change gives another shape
  public Tensor at(HookPoint point, int layer, Tensor value) {
    return activePoints.contains(point) ? apply(point.at(layer), value) : value;
  }

  /// Passes a value through a place outside the blocks.
  ///
  /// @return the value that goes on
  /// @throws HookException if a change gives another shape
  public Tensor at(HookPoint point, Tensor value) {
    return activePoints.contains(point) ? apply(point.once(), value) : value;
  }

  private Tensor apply(HookName name, Tensor value) {
    Tensor result = value;
    for (UnaryOperator<Tensor> change : changes.getOrDefault(name, List.of())) {
      Tensor changed = changed(change, result);
      if (!changed.shape().equals(value.shape())) {
        throw new HookException(
            "hook: expected a value of shape %s %s, got %s at %s"
                .formatted(name.point().axes(), value.shape(), changed.shape(), name));
      }
      result = changed;
    }
    if (recording.keeps(name)) {
      activations.put(name, result);
    }
    return result;
  }

  /// Changes are made on the CPU, and do not change the element type.
  private static Tensor changed(UnaryOperator<Tensor> change, Tensor value) {
    return value.device() == Device.CPU
        ? change.apply(value).to(value.dtype())
        : change.apply(value.to(Device.CPU)).to(value.dtype()).to(value.device());
  }

  /// What was kept so far.
  public Activations activations() {
    return activations;
  }
}
