package io.lexiscope.model.intervene;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.hook.HookName;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// An ordered list of interventions, applied one after the other.
///
/// @param list in order
public record Interventions(List<Intervention> list) {

  /// Copies the list.
  public Interventions {
    list = List.copyOf(list);
  }

  /// None.
  public static Interventions none() {
    return new Interventions(List.of());
  }

  /// These.
  public static Interventions of(Intervention... interventions) {
    return new Interventions(List.of(interventions));
  }

  /// These and then others.
  public Interventions and(Interventions more) {
    List<Intervention> all = new ArrayList<>(list);
    all.addAll(more.list);
    return new Interventions(all);
  }

  /// Whether nothing is in force.
  public boolean isEmpty() {
    return list.stream().noneMatch(Intervention::enabled);
  }

  /// Throws unless every target exists in the model and every vector has its width.
  ///
  /// @throws InterventionException naming the first that does not fit
  public void requireFit(Architecture architecture) {
    for (Intervention intervention : list) {
      requirePlace(intervention.target().place(), architecture);
      switch (intervention.target()) {
        case Target.Neuron neuron ->
            requireIndex("neuron", neuron.index(), architecture.dimensions().dMlp());
        case Target.Head head ->
            requireIndex("head", head.index(), architecture.block().attention().heads().heads());
        case Target.Place _ -> {}
      }
      switch (intervention.change()) {
        case Change.SetVector set -> requireWidth(set.vector(), intervention, architecture);
        case Change.AddVector add -> requireWidth(add.vector(), intervention, architecture);
        case Change.Set _, Change.Add _, Change.Scale _ -> {}
      }
    }
  }

  private static void requirePlace(HookName place, Architecture architecture) {
    int layers = architecture.layers();
    if (!place.point().existsIn(architecture)) {
      throw new InterventionException(
          "intervention: expected a hook point that family %s has, got %s"
              .formatted(architecture.family(), place));
    }
    if (place.layer().isPresent() && place.layer().get() >= layers) {
      throw new InterventionException(
          "intervention: expected a layer from 0 to %d, got %d at %s"
              .formatted(layers - 1, place.layer().get(), place));
    }
  }

  private static void requireIndex(String kind, int index, int count) {
    if (index < 0 || index >= count) {
      throw new InterventionException(
          "intervention: expected a %s from 0 to %d, got %d".formatted(kind, count - 1, index));
    }
  }

  private static void requireWidth(
      FloatVector vector, Intervention intervention, Architecture architecture) {
    Attention.Heads heads = architecture.block().attention().heads();
    String axis = intervention.target().place().point().axes().getLast();
    int expected =
        switch (intervention.target()) {
          case Target.Neuron _ -> 1;
          case Target.Head _ -> heads.dHead();
          case Target.Place _ ->
              switch (axis) {
                case "d_model" -> architecture.dModel();
                case "d_mlp" -> architecture.dimensions().dMlp();
                case "d_head" -> heads.dHead();
                default -> vector.size();
              };
        };
    if (vector.size() != expected) {
      throw new InterventionException(
          "intervention: expected a vector of %d numbers at %s, got %d"
              .formatted(expected, intervention.target().place(), vector.size()));
    }
  }

  /// The functions for one pass, by place.
  ///
  /// @param past number of positions before the pass's first
  /// @param promptLength number of positions of the prompt, from which negative positions count
  public Map<HookName, List<UnaryOperator<Tensor>>> changes(int past, int promptLength) {
    Map<HookName, List<UnaryOperator<Tensor>>> changes = new LinkedHashMap<>();
    for (Intervention intervention : list) {
      if (intervention.enabled()) {
        changes
            .computeIfAbsent(intervention.target().place(), place -> new ArrayList<>())
            .add(value -> apply(intervention, value, past, promptLength));
      }
    }
    return changes;
  }

  private static Tensor apply(Intervention intervention, Tensor value, int past, int promptLength) {
    int positionAxis = positionAxis(intervention.target().place());
    int length = Math.toIntExact(value.size(positionAxis));
    List<Integer> rows = rows(intervention.where(), past, length, promptLength);
    if (rows.isEmpty()) {
      return value;
    }
    return TensorScope.tidy(
        () -> {
          Tensor result = value.contiguous().copy();
          if (rows.size() == length) {
            change(intervention, result);
          } else {
            rows.forEach(row -> change(intervention, result.narrow(positionAxis, row, 1)));
          }
          return result;
        });
  }

  private static void change(Intervention intervention, Tensor part) {
    Tensor slice =
        switch (intervention.target()) {
          case Target.Neuron neuron -> part.narrow(2, neuron.index(), 1);
          case Target.Head head -> part.narrow(2, head.index(), 1);
          case Target.Place _ -> part;
        };
    Tensor changed =
        switch (intervention.change()) {
          case Change.Set set -> Tensors.full(Shape.of(1), set.number());
          case Change.Add add -> slice.add(add.number());
          case Change.Scale scale -> slice.mul(scale.factor());
          case Change.SetVector set -> Tensors.of(set.vector().toArray());
          case Change.AddVector add -> slice.add(Tensors.of(add.vector().toArray()));
        };
    slice.copyInPlace(changed);
  }

  private static int positionAxis(HookName place) {
    List<String> axes = place.point().axes();
    return axes.contains("pos") ? axes.indexOf("pos") : axes.indexOf("query_pos");
  }

  private static List<Integer> rows(Where where, int past, int length, int promptLength) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < length; row++) {
      int position = past + row;
      boolean applies =
          switch (where) {
            case Where.Everywhere _ -> true;
            case Where.At at ->
                at.positions().contains(position)
                    || (position < promptLength
                        && at.positions().contains(position - promptLength));
            case Where.From from ->
                position >= (from.first() < 0 ? promptLength + from.first() : from.first());
          };
      if (applies) {
        rows.add(row);
      }
    }
    return rows;
  }
}
