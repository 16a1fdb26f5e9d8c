package io.lexiscope.model.place;

import java.util.Optional;

/// One place in a transformer; its text is the one way in which it is shown.
///
/// | written | means |
/// | --- | --- |
/// | `L3N12`, `L3D12`, `neuron 3.12`, `v4_13`, `v^4_13` | neuron 12 of layer 3; the last two count from 1 |
/// | `L2H1`, `head 2.1`, `a2.1` | head 1 of layer 2 |
/// | `L2H1D0` | the largest singular direction of that head's `W_V·W_O` |
/// | `L3E5`, `expert 3.5`, `L3E5N12` | expert 5 of layer 3, and its neuron 12 |
/// | `L3.b_mlp`, `L3.b_attn` | output bias of the MLP, of the attention |
/// | `blocks.3.hook_resid_post`, `blocks.3.hook_out`, `x3.post` | a hook point by TransformerLens' older name, its newer one, and InversionView's |
///
/// Letters may be of any case. All but a paper's `v4_13` count from 0.
public sealed interface Place permits ExpertName, ExpertNeuron, HeadName, HookName, VectorName {
  /// Reads a place of any kind.
  ///
  /// @throws PlaceException if the text names none, or is a pair of numbers such as `3.12`, which
  ///   may be a neuron or a head
  static Place parse(String text) {
    return PlaceText.any(text);
  }

  /// The place that a text names by itself; nothing for other texts, a pair of numbers among them.
  static Optional<Place> find(String text) {
    return PlaceText.find(text);
  }

  /// What it is.
  PlaceKind kind();
}
