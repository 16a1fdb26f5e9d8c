package io.lexiscope.analysis.gradient;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// A gradient in words and norms.
///
/// @param tokens what was run: the prompt, and the target but its last token where it has several
/// @param loss the scalar, nats
/// @param cells by layer, matrix and position
/// @param whole what holds of whole gradients
/// @param smallNorm √(d·ε): a shorter vector is lost in the final norm
public record GradientReport(
    TokenIds tokens, double loss, List<GradientCell> cells, Whole whole, double smallNorm) {
  /// Copies the list.
  public GradientReport {
    cells = List.copyOf(cells);
  }

  /// What holds of whole gradients.
  ///
  /// @param shapes a matrix each
  /// @param segments mean norms by part of the prompt
  /// @param effects what a step would do
  /// @param similarity cosines of δ of `W_out` at the last position between layers, in the order of
  ///   the layers asked for; empty where `W_out` was not
  /// @param reversed the strongest heads of reversed attention
  public record Whole(
      List<MatrixGradientShape> shapes,
      List<SegmentNorm> segments,
      List<UpdateEffect> effects,
      List<List<Double>> similarity,
      List<ReversedHead> reversed) {
    /// Copies the lists.
    public Whole {
      shapes = List.copyOf(shapes);
      segments = List.copyOf(segments);
      effects = List.copyOf(effects);
      similarity = similarity.stream().map(List::copyOf).toList();
      reversed = List.copyOf(reversed);
    }
  }
}
