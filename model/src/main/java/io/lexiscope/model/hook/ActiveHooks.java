package io.lexiscope.model.hook;

import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What one forward pass keeps and changes. Confined to the pass's thread.
public final class ActiveHooks {
  private final Recording recording;
  private final Map<HookName, List<UnaryOperator<Tensor>>> changes;
  private final Set<HookPoint> activePoints = EnumSet.noneOf(HookPoint.class);
  private final Activations activations = new Activations();
  private @Nullable PassExtent extent;
  private @Nullable List<List<Integer>> whole;

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

  /// Tells the hooks which positions the pass runs, before the first value comes.
  public void begin(PassExtent ofPass) {
    extent = ofPass;
    whole = null;
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

  /// Whether a place inside a block is changed, and not only kept.
  public boolean changes(HookPoint point, int layer) {
    return activePoints.contains(point) && changes.containsKey(point.at(layer));
  }

  /// Whether a place outside the blocks is changed, and not only kept.
  public boolean changes(HookPoint point) {
    return activePoints.contains(point) && changes.containsKey(point.once());
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
    keep(name, result);
    return result;
  }

  private void keep(HookName name, Tensor value) {
    switch (recording.kept(name)) {
      case Kept.Nowhere _ -> {}
      case Kept.Everywhere _ -> activations.put(name, value, whole(extent(name, value)));
      case Kept.At at -> {
        PassExtent all = extent(name, value);
        List<List<Integer>> positions = new ArrayList<>();
        for (int row = 0; row < all.rows(); row++) {
          positions.add(at.of(all, row));
        }
        activations.put(
            name, TensorScope.tidy(() -> chosen(name, value, all.past(), positions)), positions);
      }
    }
  }

  private List<List<Integer>> whole(PassExtent all) {
    List<List<Integer>> known = whole;
    if (known == null) {
      known =
          Collections.nCopies(
              all.rows(), IntStream.range(all.past(), all.past() + all.length()).boxed().toList());
      whole = known;
    }
    return known;
  }

  private PassExtent extent(HookName name, Tensor value) {
    return extent != null
        ? extent
        : PassExtent.of(
            /* past= */ 0,
            Math.toIntExact(value.size(0)),
            Math.toIntExact(value.size(name.point().positionAxis())));
  }

  /// A copy of some positions, so that the whole value need not stay.
  private static Tensor chosen(
      HookName name, Tensor value, int past, List<List<Integer>> positions) {
    int axis = name.point().positionAxis();
    List<Integer> first = positions.getFirst();
    if (positions.stream().allMatch(first::equals)) {
      return select(value, axis, past, first);
    }
    List<Tensor> rows = new ArrayList<>();
    for (int row = 0; row < positions.size(); row++) {
      if (positions.get(row).size() != first.size()) {
        throw new HookException(
            "recording: expected as many positions in every row, got %s and %s at %s; record prompts of different lengths one by one"
                .formatted(first, positions.get(row), name));
      }
      rows.add(select(value.narrow(0, row, 1), axis, past, positions.get(row)));
    }
    return Tensors.cat(rows, 0);
  }

  private static Tensor select(Tensor value, int axis, int past, List<Integer> positions) {
    if (positions.size() == 1) {
      return value.narrow(axis, positions.getFirst() - (long) past, 1).copy();
    }
    long[] indices = positions.stream().mapToLong(position -> (long) position - past).toArray();
    return value.indexSelect(axis, Tensors.ofLongs(indices).to(value.device()));
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
