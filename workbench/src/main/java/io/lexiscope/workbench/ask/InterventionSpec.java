package io.lexiscope.workbench.ask;

import io.lexiscope.model.place.BiasName;
import io.lexiscope.model.place.DirectionName;
import io.lexiscope.model.place.ExpertName;
import io.lexiscope.model.place.ExpertNeuron;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.place.Place;
import io.lexiscope.model.place.PlaceException;
import io.lexiscope.model.place.PlaceKind;
import io.lexiscope.model.place.Position;
import io.lexiscope.model.place.StepRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change to a forward pass, as data; it never touches the weights. The same object stands in
/// requests and in interventions files.
///
/// What is changed is named by exactly one of `at`, `neurons` and `heads`; with `at`, `head` or
/// `neuron` may narrow it. How is said by `kind` with `value`, `vector` or `direction`.
///
/// @param name what people call it
/// @param notes why it is there
/// @param on whether it is in force; true when absent
/// @param kind what is done
/// @param at the hook point changed, by its full name, such as the MLP activations of layer 3
/// @param head only this head, from 0
/// @param neuron only this neuron, from 0
/// @param neurons a group of neurons, such as L3N12; each is changed
/// @param heads a group of heads, such as L2H1; the output of each before W_O is changed
/// @param units what the value of a neuron means, `post-activation` when absent
/// @param positions only these positions, from 0, negatives from the end of the prompt; all when
///   absent
/// @param where further limits on positions and generation steps
/// @param value the number to set, add or multiply with
/// @param vector the vector to set or add, as long as the last axis of the hook point
/// @param direction the direction along which `value` counts, in lengths of its unit vector
/// @param mean over what a mean is taken; the model's default text when absent
public record InterventionSpec(
    @Nullable String name,
    @Nullable String notes,
    @Nullable Boolean on,
    InterventionKind kind,
    @Nullable String at,
    @Nullable Integer head,
    @Nullable Integer neuron,
    @Nullable List<String> neurons,
    @Nullable List<String> heads,
    @Nullable InterventionUnits units,
    @Nullable List<Integer> positions,
    @Nullable InterventionWhere where,
    @Nullable Double value,
    @Nullable List<Double> vector,
    @Nullable DirectionSpec direction,
    @Nullable MeanSpec mean) {
  /// Copies the lists.
  public InterventionSpec {
    neurons = neurons == null ? null : List.copyOf(neurons);
    heads = heads == null ? null : List.copyOf(heads);
    positions = positions == null ? null : List.copyOf(positions);
    vector = vector == null ? null : List.copyOf(vector);
  }

  /// An intervention that does this; what else it says is added.
  public static Builder of(InterventionKind kind) {
    return new Builder(kind);
  }

  /// A number for everything at a hook point.
  public static InterventionSpec at(String at, InterventionKind kind, @Nullable Double value) {
    return of(kind).at(at).value(value).build();
  }

  /// A number for a group of neurons.
  ///
  /// @param neurons such as L3N12
  public static InterventionSpec neurons(
      List<String> neurons, InterventionKind kind, @Nullable Double value) {
    return of(kind).neurons(neurons).value(value).build();
  }

  /// A number for a group of heads.
  ///
  /// @param heads such as L2H1
  public static InterventionSpec heads(
      List<String> heads, InterventionKind kind, @Nullable Double value) {
    return of(kind).heads(heads).value(value).build();
  }

  /// A number for what a name says: a neuron, a head, or everything at a hook point.
  ///
  /// @param place such as L3N12, L2H1 or blocks.3.hook_mlp_out, in every spelling
  /// @throws WorkbenchException of kind `invalid` when it names none of these
  public static InterventionSpec on(String place, InterventionKind kind, @Nullable Double value) {
    try {
      return switch (Place.parse(place)) {
        case NeuronName neuron -> neurons(List.of(neuron.toString()), kind, value);
        case HeadName head -> heads(List.of(head.toString()), kind, value);
        case HookName point -> at(point.toString(), kind, value);
        case BiasName other -> throw notOne(other);
        case DirectionName other -> throw notOne(other);
        case ExpertName other -> throw notOne(other);
        case ExpertNeuron other -> throw notOne(other);
      };
    } catch (PlaceException none) {
      throw new WorkbenchException(
          ProblemKind.INVALID, String.valueOf(none.getMessage()), "at", none);
    }
  }

  private static PlaceException notOne(Place other) {
    return new PlaceException(
        PlaceKind.ANY,
        "a neuron, a head or a hook point",
        other + ", which is " + other.kind().one());
  }

  /// The same, saying over what its mean was taken.
  public InterventionSpec meaning(MeanSpec taken) {
    return changed().mean(taken).build();
  }

  /// The same at some positions or steps only.
  ///
  /// @param limit positions such as `13` or `-1`, or steps of a generation such as `steps 2-5`
  /// @throws WorkbenchException of kind `invalid` when it reads as neither
  public InterventionSpec only(String limit) {
    try {
      if (!limit.strip().regionMatches(/* ignoreCase= */ true, 0, "step", 0, 4)) {
        return changed().positions(List.of(Position.parse(limit).index())).build();
      }
      StepRange steps = StepRange.parse(limit);
      Integer last = steps.last() == Integer.MAX_VALUE ? null : (Integer) steps.last();
      return changed()
          .where(new InterventionWhere(null, null, null, null, steps.first(), last))
          .build();
    } catch (PlaceException none) {
      throw new WorkbenchException(
          ProblemKind.INVALID, String.valueOf(none.getMessage()), "where", none);
    }
  }

  private Builder changed() {
    var builder = new Builder(kind);
    builder.name = name;
    builder.notes = notes;
    builder.on = on;
    builder.at = at;
    builder.head = head;
    builder.neuron = neuron;
    builder.neurons = neurons;
    builder.heads = heads;
    builder.units = units;
    builder.positions = positions;
    builder.where = where;
    builder.value = value;
    builder.vector = vector;
    builder.direction = direction;
    builder.mean = mean;
    return builder;
  }

  /// Whether it is in force.
  public boolean inForce() {
    return !Boolean.FALSE.equals(on);
  }

  /// Says one thing after the other; what is never said stays absent.
  public static final class Builder {
    private final InterventionKind kind;
    private @Nullable String name;
    private @Nullable String notes;
    private @Nullable Boolean on;
    private @Nullable String at;
    private @Nullable Integer head;
    private @Nullable Integer neuron;
    private @Nullable List<String> neurons;
    private @Nullable List<String> heads;
    private @Nullable InterventionUnits units;
    private @Nullable List<Integer> positions;
    private @Nullable InterventionWhere where;
    private @Nullable Double value;
    private @Nullable List<Double> vector;
    private @Nullable DirectionSpec direction;
    private @Nullable MeanSpec mean;

    private Builder(InterventionKind kind) {
      this.kind = kind;
    }

    /// What people call it.
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /// Why it is there.
    public Builder notes(String notes) {
      this.notes = notes;
      return this;
    }

    /// Whether it is in force; true when absent.
    public Builder on(Boolean on) {
      this.on = on;
      return this;
    }

    /// The hook point changed, by its full name, such as the MLP activations of layer 3.
    public Builder at(String at) {
      this.at = at;
      return this;
    }

    /// Only this head, from 0.
    public Builder head(Integer head) {
      this.head = head;
      return this;
    }

    /// Only this neuron, from 0.
    public Builder neuron(Integer neuron) {
      this.neuron = neuron;
      return this;
    }

    /// Such as L3N12.
    public Builder neurons(List<String> neurons) {
      this.neurons = neurons;
      return this;
    }

    /// Such as L2H1.
    public Builder heads(List<String> heads) {
      this.heads = heads;
      return this;
    }

    /// What the value of a neuron means, `post-activation` when absent.
    public Builder units(@Nullable InterventionUnits units) {
      this.units = units;
      return this;
    }

    /// Only these positions, from 0, negatives from the end of the prompt; all when absent.
    public Builder positions(List<Integer> positions) {
      this.positions = positions;
      return this;
    }

    /// Further limits on positions and generation steps.
    public Builder where(InterventionWhere where) {
      this.where = where;
      return this;
    }

    /// The number to set, add or multiply with.
    public Builder value(@Nullable Double value) {
      this.value = value;
      return this;
    }

    /// The vector to set or add, as long as the last axis of the hook point.
    public Builder vector(List<Double> vector) {
      this.vector = vector;
      return this;
    }

    /// The direction along which `value` counts, in lengths of its unit vector.
    public Builder direction(DirectionSpec direction) {
      this.direction = direction;
      return this;
    }

    /// Over what a mean is taken; the model's default text when absent.
    public Builder mean(MeanSpec mean) {
      this.mean = mean;
      return this;
    }

    /// The intervention that was described.
    public InterventionSpec build() {
      return new InterventionSpec(
          name, notes, on, kind, at, head, neuron, neurons, heads, units, positions, where, value,
          vector, direction, mean);
    }
  }
}
