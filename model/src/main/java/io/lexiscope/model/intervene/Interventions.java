package io.lexiscope.model.intervene;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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

  /// The first block that may compute something else under others: what enters it is the same under
  /// both. The last block where they differ after it only, or not at all; empty where they differ
  /// before the first.
  ///
  /// @param layers number of blocks
  public OptionalInt firstLayerApart(Interventions others, int layers) {
    for (int layer = -1; layer < layers - 1; layer++) {
      if (!inForceAt(layer).equals(others.inForceAt(layer))) {
        return layer < 0 ? OptionalInt.empty() : OptionalInt.of(layer);
      }
    }
    return OptionalInt.of(layers - 1);
  }

  /// Those in force, in order.
  public List<Intervention> inForce() {
    return list.stream().filter(Intervention::enabled).toList();
  }

  /// What is in force in a block, or at the embedding for −1, in order.
  private List<Intervention> inForceAt(int layer) {
    return inForce().stream()
        .filter(
            intervention -> {
              HookName place = intervention.target().place();
              boolean embedding =
                  place.point() == HookPoint.EMBED || place.point() == HookPoint.POS_EMBED;
              return place.layer().map(at -> at == layer).orElse(embedding && layer < 0);
            })
        .toList();
  }

  /// Whether nothing is in force.
  public boolean isEmpty() {
    return list.stream().noneMatch(Intervention::enabled);
  }

  /// Whether one that is in force means other positions in a longer prompt, so that prompts of
  /// several lengths cannot run side by side under it.
  public boolean countFromPromptEnd() {
    return list.stream()
        .anyMatch(intervention -> intervention.enabled() && intervention.where().fromPromptEnd());
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
        case Target.NeuronInput neuron ->
            requireIndex("neuron", neuron.index(), architecture.dimensions().dMlp());
        case Target.Head head ->
            requireIndex("head", head.index(), heads(head.place(), architecture));
        case Target.Place _ -> {}
      }
      switch (intervention.change()) {
        case Change.SetVector set -> requireWidth(set.vector(), intervention, architecture);
        case Change.AddVector add -> requireWidth(add.vector(), intervention, architecture);
        case Change.SetAlong along ->
            requireDirection(along.direction(), intervention, architecture);
        case Change.ScaleAlong along ->
            requireDirection(along.direction(), intervention, architecture);
        case Change.SetRows set -> requireRows(set.rows(), intervention, architecture);
        case Change.Set _, Change.Add _, Change.Scale _ -> {}
      }
    }
  }

  static void requirePlace(HookName place, Architecture architecture) {
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

  private static void requireDirection(
      FloatVector direction, Intervention intervention, Architecture architecture) {
    requireWidth(direction, intervention, architecture);
    double length = direction.length();
    if (!(length > 0) || Double.isInfinite(length)) {
      throw new InterventionException(
          "intervention: expected a direction of a length above 0 at %s, got one of length %s"
              .formatted(intervention.target().place(), length));
    }
  }

  /// Number of heads at a place that has some.
  private static int heads(HookName place, Architecture architecture) {
    String axis = place.point().axes().get(place.point().headAxis().orElseThrow());
    return HookPoint.extent(axis, architecture).orElseThrow();
  }

  private static void requireRows(
      ActivationRows rows, Intervention intervention, Architecture architecture) {
    HookName place = intervention.target().place();
    if (!rows.place().equals(place)) {
      throw new InterventionException(
          "intervention: expected rows recorded at %s, got those of %s"
              .formatted(place, rows.place()));
    }
    List<String> axes = new ArrayList<>(place.point().axes());
    axes.remove(place.point().positionAxis());
    axes.removeFirst();
    for (int i = 0; i < axes.size(); i++) {
      long got = rows.shape().dim(i);
      if (got != HookPoint.extent(axes.get(i), architecture).orElse(Math.toIntExact(got))) {
        throw new InterventionException(
            "intervention: expected rows of shape %s of this network at %s, got %s"
                .formatted(axes, place, rows.shape()));
      }
    }
  }

  private static void requireWidth(
      FloatVector vector, Intervention intervention, Architecture architecture) {
    String axis = intervention.target().place().point().axes().getLast();
    int expected =
        switch (intervention.target()) {
          case Target.Neuron _, Target.NeuronInput _ -> 1;
          case Target.Head _, Target.Place _ ->
              HookPoint.extent(axis, architecture).orElse(vector.size());
        };
    if (vector.size() != expected) {
      throw new InterventionException(
          "intervention: expected a vector of %d numbers at %s, got %d"
              .formatted(expected, intervention.target().place(), vector.size()));
    }
  }

  /// The functions for one pass, by place; each applies all that is in force at its place, in
  /// order, on one copy of the value.
  ///
  /// @param past number of positions before the pass's first
  /// @param promptLength number of positions of the prompt, from which negative positions count
  /// @throws InterventionException if a negative position lies before the prompt
  public Map<HookName, List<UnaryOperator<Tensor>>> changes(int past, int promptLength) {
    return PlaceEdit.changes(
        List.of(PlaceEdit.Part.everyRow(new RowInterventions.OfRow(this, promptLength))),
        past,
        PlaceEdit.ANY_ROWS);
  }
}
