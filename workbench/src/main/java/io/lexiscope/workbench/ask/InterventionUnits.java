package io.lexiscope.workbench.ask;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the number of a neuron means.
public enum InterventionUnits {
  /// The neuron's coefficient: what multiplies its value vector, after the non-linearity; in a
  /// gated MLP act(gate) · up.
  @JsonProperty("post-activation")
  POST_ACTIVATION,
  /// The argument of the non-linearity, in a gated MLP that of the gate: 3 makes the coefficient of
  /// a plain GELU MLP gelu(3) = 2.996, as in the code of Geva et al. 2022.
  @JsonProperty("pre-activation")
  PRE_ACTIVATION
}
