package io.lexiscope.workbench.ask;

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

  /// A number for everything at a hook point.
  public static InterventionSpec at(String at, InterventionKind kind, @Nullable Double value) {
    return new InterventionSpec(
        null, null, null, kind, at, null, null, null, null, null, null, null, value, null, null,
        null);
  }

  /// A number for a group of neurons.
  ///
  /// @param neurons such as L3N12
  public static InterventionSpec neurons(
      List<String> neurons, InterventionKind kind, @Nullable Double value) {
    return new InterventionSpec(
        null, null, null, kind, null, null, null, neurons, null, null, null, null, value, null,
        null, null);
  }

  /// A number for a group of heads.
  ///
  /// @param heads such as L2H1
  public static InterventionSpec heads(
      List<String> heads, InterventionKind kind, @Nullable Double value) {
    return new InterventionSpec(
        null, null, null, kind, null, null, null, null, heads, null, null, null, value, null, null,
        null);
  }

  /// The same, saying over what its mean was taken.
  public InterventionSpec meaning(MeanSpec taken) {
    return new InterventionSpec(
        name, notes, on, kind, at, head, neuron, neurons, heads, units, positions, where, value,
        vector, direction, taken);
  }

  /// Whether it is in force.
  public boolean inForce() {
    return !Boolean.FALSE.equals(on);
  }
}
