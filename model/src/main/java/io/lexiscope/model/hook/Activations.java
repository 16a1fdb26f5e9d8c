package io.lexiscope.model.hook;

import io.lexiscope.model.place.HookName;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a pass kept, by place.
public final class Activations implements TensorHolder {
  private final Map<HookName, Value> values = new LinkedHashMap<>();

  Activations() {}

  /// A kept value.
  ///
  /// @param positions for each row, the positions that were kept, in rising order
  private record Value(Tensor tensor, List<List<Integer>> positions) {
    Value with(Tensor other) {
      return new Value(other, positions);
    }
  }

  void put(HookName name, Tensor value, List<List<Integer>> positions) {
    values.put(name, new Value(value, positions));
  }

  private Value require(HookName name) {
    Value value = values.get(name);
    if (value == null) {
      throw new HookException(
          "activations: expected %s among the recorded places %s, got none; ask for it in the recording"
              .formatted(name, values.keySet()));
    }
    return value;
  }

  /// The value at a place, of the shape that [io.lexiscope.model.place.HookPoint#axes] names, its
  /// position axis as long as [#positions]; owned by whoever owns the pass.
  ///
  /// @throws HookException if it was not recorded
  public Tensor get(HookName name) {
    return require(name).tensor();
  }

  /// The positions that were kept of one row, in the order of the position axis.
  ///
  /// @param row from 0
  /// @throws HookException if the place was not recorded
  public List<Integer> positions(HookName name, int row) {
    return require(name).positions().get(row);
  }

  /// The value at a place at one position of one row, of the shape that
  /// [io.lexiscope.model.place.HookPoint#axes] names without batch and position; a view in the
  /// innermost scope.
  ///
  /// @param row from 0
  /// @param position from 0
  /// @throws HookException if the place was not recorded, or not at this position
  public Tensor get(HookName name, int row, int position) {
    int index = index(name, row, position);
    return TensorScope.tidy(
        () -> get(name).narrow(0, row, 1).select(name.point().positionAxis(), index).squeeze(0));
  }

  /// The values at a place at some positions of one row, of the shape that
  /// [io.lexiscope.model.place.HookPoint#axes] names without batch, its position axis in the order
  /// asked for; a copy in the innermost scope.
  ///
  /// @param row from 0
  /// @param asked from 0
  /// @throws HookException if the place was not recorded, or not at one of these positions
  public Tensor get(HookName name, int row, List<Integer> asked) {
    long[] indices = asked.stream().mapToLong(position -> index(name, row, position)).toArray();
    return TensorScope.tidy(
        () ->
            get(name)
                .select(0, row)
                .indexSelect(name.point().positionAxis() - 1, Tensors.ofLongs(indices)));
  }

  private int index(HookName name, int row, int position) {
    int index = Collections.binarySearch(positions(name, row), position);
    if (index < 0) {
      throw new HookException(
          "activations: expected position %d of %s among those recorded %s, got none; ask for it in the recording"
              .formatted(position, name, positions(name, row)));
    }
    return index;
  }

  /// One row of a batch, with a batch axis of 1 and without its padding: views in the innermost
  /// scope.
  ///
  /// @param row from 0
  /// @param length positions of the row
  public Activations row(int row, int length) {
    Activations one = new Activations();
    values.forEach(
        (name, value) -> {
          Tensor rest = value.tensor().narrow(0, row, 1);
          List<Integer> own =
              value.positions().get(row).stream().filter(position -> position < length).toList();
          rest = rest.narrow(name.point().positionAxis(), 0, own.size());
          int keys = name.point().axes().indexOf("key_pos");
          one.put(
              name,
              keys >= 0 && rest.size(keys) > length ? rest.narrow(keys, 0, length) : rest,
              List.of(own));
        });
    return one;
  }

  /// The same values in float32 on the CPU, in the innermost scope.
  public Activations asFloats() {
    Activations floats = new Activations();
    values.forEach(
        (name, value) -> {
          Tensor tensor = value.tensor();
          floats.values.put(
              name,
              tensor.dtype() == DType.FLOAT32 && tensor.device() == Device.CPU
                  ? value
                  : value.with(TensorScope.tidy(() -> tensor.to(DType.FLOAT32).to(Device.CPU))));
        });
    return floats;
  }

  /// Whether a place was recorded.
  public boolean has(HookName name) {
    return values.containsKey(name);
  }

  /// The recorded places, in the order of the forward pass.
  public Set<HookName> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  @Override
  public Stream<Tensor> tensors() {
    return values.values().stream().map(Value::tensor);
  }
}
