package io.lexiscope.model.place;

/// The bias of a module's output.
///
/// @param layer from 0
/// @param part of which module
public record BiasName(int layer, Part part) implements VectorName {
  /// A module that has an output bias.
  public enum Part {
    /// b_V of Geva et al.
    MLP("mlp"),
    /// b_O.
    ATTENTION("attn");

    private final String text;

    Part(String text) {
      this.text = text;
    }
  }

  @Override
  public HookName at() {
    return switch (part) {
      case MLP -> HookPoint.MLP_MODULE_OUT.at(layer);
      case ATTENTION -> HookPoint.ATTN_MODULE_OUT.at(layer);
    };
  }

  @Override
  public PlaceKind kind() {
    return PlaceKind.BIAS;
  }

  @Override
  public String toString() {
    return "L" + layer + ".b_" + part.text;
  }
}
