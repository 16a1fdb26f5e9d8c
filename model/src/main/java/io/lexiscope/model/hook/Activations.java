package io.lexiscope.model.hook;

import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import io.lexiscope.tensor.TensorScope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a pass kept, by place.
public final class Activations implements TensorHolder {
  private final Map<HookName, Tensor> values = new LinkedHashMap<>();

  Activations() {}

  void put(HookName name, Tensor value) {
    values.put(name, value);
  }

  /// The value at a place, of the shape that [HookPoint#axes] names; owned by whoever owns the
  /// pass.
  ///
  /// @throws HookException if it was not recorded
  public Tensor get(HookName name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new HookException(
          "activations: expected %s among the recorded places %s, got none; ask for it in the recording"
              .formatted(name, values.keySet()));
    }
    return value;
  }

  /// The same values in float32 on the CPU, in the innermost scope.
  public Activations asFloats() {
    Activations floats = new Activations();
    values.forEach(
        (name, value) ->
            floats.put(
                name,
                value.dtype() == DType.FLOAT32 && value.device() == Device.CPU
                    ? value
                    : TensorScope.tidy(() -> value.to(DType.FLOAT32).to(Device.CPU))));
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
    return values.values().stream();
  }
}
