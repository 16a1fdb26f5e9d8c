package io.lexiscope.model.config;

/// What the feed-forward part of a block computes.
public sealed interface Mlp {

  /// The non-linearity.
  Activation activation();

  /// Whether the projections add a bias.
  boolean bias();

  /// `W_out · activation(W_in · x)`.
  ///
  /// @param activation the non-linearity
  /// @param bias whether both projections add a bias
  record Plain(Activation activation, boolean bias) implements Mlp {}

  /// `W_out · (activation(W_gate · x) ⊙ W_up · x)`.
  ///
  /// @param activation the non-linearity of the gate
  /// @param bias whether all three projections add a bias
  record Gated(Activation activation, boolean bias) implements Mlp {}
}
