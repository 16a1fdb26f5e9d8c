package io.lexiscope.model.intervene;

import io.lexiscope.model.hook.HookName;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/// The interventions at one place in one pass.
///
/// @param place the hook point
/// @param here in force, in order
/// @param past number of positions before the pass's first
/// @param promptLength number of positions of the prompt
record PlaceEdit(HookName place, List<Intervention> here, int past, int promptLength) {

  /// Neighbouring positions of the pass.
  ///
  /// @param first index in the pass
  /// @param count how many
  private record Stretch(int first, int count) {}

  /// @param value of the shape that the hook point's axes name; not modified
  /// @return the value that goes on: `value` itself where no position of the pass is meant
  Tensor apply(Tensor value) {
    int positionAxis = positionAxis();
    int length = Math.toIntExact(value.size(positionAxis));
    List<List<Stretch>> stretches =
        here.stream().map(intervention -> stretches(intervention.where(), length)).toList();
    if (stretches.stream().allMatch(List::isEmpty)) {
      return value;
    }
    return TensorScope.tidy(
        () -> {
          Tensor result = value.contiguous().copy();
          for (int i = 0; i < here.size(); i++) {
            for (Stretch stretch : stretches.get(i)) {
              change(
                  here.get(i),
                  stretch.count() == length
                      ? result
                      : result.narrow(positionAxis, stretch.first(), stretch.count()));
            }
          }
          return result;
        });
  }

  private static void change(Intervention intervention, Tensor part) {
    Tensor slice =
        switch (intervention.target()) {
          case Target.Neuron neuron -> part.narrow(2, neuron.index(), 1);
          case Target.NeuronInput neuron -> part.narrow(2, neuron.index(), 1);
          case Target.Head head -> part.narrow(2, head.index(), 1);
          case Target.Place _ -> part;
        };
    Tensor changed =
        switch (intervention.change()) {
          case Change.Set set -> Tensors.full(Shape.of(1), set.number());
          case Change.Add add -> slice.add(add.number());
          case Change.Scale scale -> slice.mul(scale.factor());
          case Change.SetVector set -> like(slice, set.vector());
          case Change.AddVector add -> slice.add(like(slice, add.vector()));
          case Change.SetAlong along -> {
            Tensor unit = unit(slice, along.direction());
            Tensor missing = along(slice, unit).neg().add(along.number());
            yield slice.add(missing.mul(unit));
          }
          case Change.ScaleAlong along -> {
            Tensor unit = unit(slice, along.direction());
            yield slice.add(along(slice, unit).mul(along.factor() - 1).mul(unit));
          }
        };
    slice.copyInPlace(changed);
  }

  /// The vector where the value is.
  private static Tensor like(Tensor value, FloatVector vector) {
    return Tensors.of(vector.toArray()).to(value.device());
  }

  private static Tensor unit(Tensor value, FloatVector direction) {
    return like(value, direction.times(1 / direction.length()));
  }

  /// The component of each vector along a unit vector, with a last axis of 1.
  private static Tensor along(Tensor vectors, Tensor unit) {
    return vectors.mul(unit).sum(-1, /* keepAxis= */ true);
  }

  private int positionAxis() {
    List<String> axes = place.point().axes();
    return axes.contains("pos") ? axes.indexOf("pos") : axes.indexOf("query_pos");
  }

  private List<Stretch> stretches(Where where, int length) {
    List<Stretch> stretches = new ArrayList<>();
    int first = 0;
    for (int row = 0; row <= length; row++) {
      if (row == length || !where.covers(past + row, promptLength)) {
        if (row > first) {
          stretches.add(new Stretch(first, row - first));
        }
        first = row + 1;
      }
    }
    return stretches;
  }
}
