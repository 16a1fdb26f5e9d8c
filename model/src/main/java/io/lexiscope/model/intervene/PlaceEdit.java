package io.lexiscope.model.intervene;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.place.HookName;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The interventions at one place in one pass.
///
/// @param place the hook point
/// @param parts by rows
/// @param past number of positions before the pass's first
/// @param rows number of rows of the pass, or [#ANY_ROWS]
record PlaceEdit(HookName place, List<Here> parts, int past, int rows) {
  static final int ANY_ROWS = -1;

  /// Neighbouring rows of a batch under the same interventions.
  ///
  /// @param first row from 0
  /// @param count how many rows, or [#ANY_ROWS] for all there are
  /// @param row what is changed in each
  record Part(int first, int count, RowInterventions.OfRow row) {
    static Part everyRow(RowInterventions.OfRow row) {
      return new Part(/* first= */ 0, ANY_ROWS, row);
    }
  }

  /// The part's interventions at this place.
  ///
  /// @param list in force, in order
  private record Here(Part part, List<Intervention> list) {}

  /// Neighbouring positions of the pass.
  ///
  /// @param first index in the pass
  /// @param count how many
  private record Stretch(int first, int count) {}

  /// A change of a stretch of positions of some rows.
  private record Step(Intervention intervention, Part part, Stretch stretch) {}

  /// The functions for one pass, by place; each applies all that is in force at its place, in
  /// order, on one copy of the value.
  ///
  /// @param rows number of rows of the pass, or [#ANY_ROWS]
  /// @throws InterventionException if a negative position lies before the prompt
  static Map<HookName, List<UnaryOperator<Tensor>>> changes(List<Part> parts, int past, int rows) {
    Map<HookName, List<Here>> byPlace = new LinkedHashMap<>();
    for (Part part : parts) {
      Map<HookName, List<Intervention>> ofPart = new LinkedHashMap<>();
      for (Intervention intervention : part.row().interventions().list()) {
        if (intervention.enabled()) {
          intervention.where().requireWithin(part.row().promptLength());
          requireRows(intervention, part.row().promptLength());
          ofPart
              .computeIfAbsent(intervention.target().place(), place -> new ArrayList<>())
              .add(intervention);
        }
      }
      ofPart.forEach(
          (place, list) ->
              byPlace.computeIfAbsent(place, at -> new ArrayList<>()).add(new Here(part, list)));
    }
    Map<HookName, List<UnaryOperator<Tensor>>> changes = new LinkedHashMap<>();
    byPlace.forEach(
        (place, here) -> {
          PlaceEdit edit = new PlaceEdit(place, here, past, rows);
          changes.put(place, List.of(edit::apply));
        });
    return changes;
  }

  /// @param value of the shape that the hook point's axes name; not modified
  /// @return the value that goes on: `value` itself where no position of the pass is meant
  Tensor apply(Tensor value) {
    if (rows != ANY_ROWS && value.size(0) != rows) {
      throw new InterventionException(
          "intervention: expected a pass of %d rows, got %d at %s"
              .formatted(rows, value.size(0), place));
    }
    int length = Math.toIntExact(value.size(place.point().positionAxis()));
    List<Step> steps = new ArrayList<>();
    for (Here here : parts) {
      for (Intervention intervention : here.list()) {
        for (Stretch stretch : stretches(past, intervention, here.part().row(), length)) {
          steps.add(new Step(intervention, here.part(), stretch));
        }
      }
    }
    if (steps.isEmpty()) {
      return value;
    }
    return TensorScope.tidy(
        () -> {
          Tensor result = value.contiguous().copy();
          for (Step step : steps) {
            change(step, meant(result, step));
          }
          return result;
        });
  }

  private Tensor meant(Tensor all, Step step) {
    Part part = step.part();
    Tensor ofRows = part.count() == ANY_ROWS ? all : part(all, 0, part.first(), part.count());
    return part(
        ofRows, place.point().positionAxis(), step.stretch().first(), step.stretch().count());
  }

  private static Tensor part(Tensor all, int axis, int first, int count) {
    return count == all.size(axis) ? all : all.narrow(axis, first, count);
  }

  private void change(Step step, Tensor part) {
    Intervention intervention = step.intervention();
    Tensor slice = ofTarget(intervention.target(), part);
    Tensor changed =
        switch (intervention.change()) {
          case Change.Set set -> Tensors.full(Shape.of(1), set.number());
          case Change.Add add -> slice.add(add.number());
          case Change.Scale scale -> slice.mul(scale.factor());
          case Change.SetVector set -> like(slice, set.vector());
          case Change.AddVector add -> slice.add(like(slice, add.vector()));
          case Change.SetRows set ->
              ofTarget(intervention.target(), rows(set, step.stretch(), part));
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

  private static Tensor ofTarget(Target target, Tensor part) {
    return switch (target) {
      case Target.Neuron neuron -> part.narrow(2, neuron.index(), 1);
      case Target.NeuronInput neuron -> part.narrow(2, neuron.index(), 1);
      case Target.Head head ->
          part.narrow(head.place().point().headAxis().orElseThrow(), head.index(), 1);
      case Target.Place _ -> part;
    };
  }

  /// The other run's rows for a stretch, of the shape of `part` with a batch axis of 1.
  private Tensor rows(Change.SetRows set, Stretch stretch, Tensor part) {
    boolean keyed = place.point().axes().contains("key_pos");
    ActivationRows rows =
        keyed ? set.rows().forKeys(Math.toIntExact(part.size(-1)), set.map()) : set.rows();
    List<Integer> sources =
        IntStream.range(past + stretch.first(), past + stretch.first() + stretch.count())
            .map(position -> set.map().of(position).orElseThrow())
            .boxed()
            .toList();
    long[] shape =
        LongStream.concat(LongStream.of(sources.size()), LongStream.of(rows.shape().toArray()))
            .toArray();
    Tensor all = Tensors.of(rows.rows(sources), Shape.of(shape));
    return (keyed ? all.transpose(0, 1) : all).unsqueeze(0).to(part.device());
  }

  /// Positions named one by one must have a row to be set to.
  private static void requireRows(Intervention intervention, int promptLength) {
    if (intervention.change() instanceof Change.SetRows set) {
      for (int position : intervention.where().named(promptLength)) {
        if (!has(set, position)) {
          throw new InterventionException(
              "intervention: expected a row of the other run for position %d, got rows of %s; align the prompts, or leave the position out"
                  .formatted(position, set.rows()));
        }
      }
    }
  }

  private static boolean has(Change.SetRows set, int position) {
    OptionalInt source = set.map().of(position);
    return source.isPresent() && set.rows().has(source.getAsInt());
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

  private static boolean meant(Intervention intervention, int position, int promptLength) {
    return intervention.where().covers(position, promptLength)
        && (!(intervention.change() instanceof Change.SetRows set) || has(set, position));
  }

  private static List<Stretch> stretches(
      int past, Intervention intervention, RowInterventions.OfRow row, int length) {
    List<Stretch> stretches = new ArrayList<>();
    int first = 0;
    for (int at = 0; at <= length; at++) {
      if (at == length || !meant(intervention, past + at, row.promptLength())) {
        if (at > first) {
          stretches.add(new Stretch(first, at - first));
        }
        first = at + 1;
      }
    }
    return stretches;
  }
}
