package io.lexiscope.workbench.invert;

import io.lexiscope.model.site.ActivationConvention;
import org.jspecify.annotations.Nullable;

/// The activation that was asked about.
///
/// @param at the place
/// @param name its published short name; absent where it has none
/// @param position from 0
/// @param token at that position
/// @param norm length of the activation
public record InvertQueryView(
    String at, @Nullable String name, int position, String token, double norm) {

  /// The convention is told beside it, as it holds for the whole result.
  static String label(ActivationConvention convention) {
    return switch (convention) {
      case RAW -> "raw: as the model computes it";
      case PUBLISHED -> "published: mean over d_model taken off, value biases of heads left out";
    };
  }
}
