package io.lexiscope.analysis.gradient;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One matrix at one position: what entered it and what came back.
///
/// @param layer from 0
/// @param matrix which of the layer's, such as `W_out`
/// @param position from 0
/// @param inputNorm ‖x‖ of what the matrix is applied to
/// @param vjpNorm ‖δ‖, of the gradient of the loss with respect to its output
/// @param inputTop words of x; null for `W_O` and `W_out`, whose x does not live in the stream, and
///   where x is 0
/// @param vjpTop words of δ, by the sign of the report; null for all other matrices, and where δ is
///   0
/// @param vjpBottom the words at its other end
/// @param targetRank place of the target among all words of δ, 1 = most moved towards when the sign
///   is descent
/// @param small whether what is read is shorter than the final norm resolves
public record GradientCell(
    int layer,
    String matrix,
    int position,
    double inputNorm,
    double vjpNorm,
    @Nullable List<TokenReading> inputTop,
    @Nullable List<TokenReading> vjpTop,
    @Nullable List<TokenReading> vjpBottom,
    @Nullable Integer targetRank,
    boolean small) {
  /// Copies the lists.
  public GradientCell {
    inputTop = inputTop == null ? null : List.copyOf(inputTop);
    vjpTop = vjpTop == null ? null : List.copyOf(vjpTop);
    vjpBottom = vjpBottom == null ? null : List.copyOf(vjpBottom);
  }
}
