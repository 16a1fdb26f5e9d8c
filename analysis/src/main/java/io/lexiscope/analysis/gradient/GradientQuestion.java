package io.lexiscope.analysis.gradient;

import io.lexiscope.model.gradient.Loss;
import io.lexiscope.model.matrix.MatrixKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is asked of a gradient.
///
/// @param loss the scalar whose gradient it is
/// @param target the token that ranks are of; null for none
/// @param places which cells are listed
/// @param words how vectors are read
/// @param extras what is computed besides
public record GradientQuestion(
    Loss loss, @Nullable Integer target, Places places, Words words, Extras extras) {

  /// Which cells are listed. The passes take what they need of them.
  ///
  /// @param layers from 0, rising; at least one
  /// @param kinds at least one
  /// @param positions from 0, rising; all when empty
  public record Places(List<Integer> layers, List<MatrixKind> kinds, List<Integer> positions) {
    /// Copies the lists.
    public Places {
      layers = List.copyOf(layers);
      kinds = List.copyOf(kinds);
      positions = List.copyOf(positions);
    }
  }

  /// How vectors are read.
  ///
  /// @param top words with the largest logits of each
  /// @param bottom words with the smallest logits of each δ
  /// @param reading how
  /// @param sign which way δ is read
  public record Words(int top, int bottom, GradientReading reading, GradientSign sign) {}

  /// What is computed besides.
  ///
  /// @param subject the positions of what the prompt is about, from 0; empty when not told
  /// @param step the step whose effect is predicted and measured; null for one that is predicted to
  ///   take a hundredth off the loss
  /// @param measured whether the step is taken and its effect measured
  /// @param reversed how many heads of reversed attention are listed, the strongest first
  public record Extras(
      List<Integer> subject, @Nullable Double step, boolean measured, int reversed) {
    /// Copies the list.
    public Extras {
      subject = List.copyOf(subject);
    }

    /// Norms of the last token and the rest, and a small measured step.
    public static Extras standard() {
      return new Extras(List.of(), /* step= */ null, /* measured= */ true, /* reversed= */ 0);
    }
  }
}
