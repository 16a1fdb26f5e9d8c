package io.lexiscope.analysis.diff;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One term `σ·uᵀ·v` of the singular value decomposition of a matrix's difference: where the input
/// agrees with u, v is added to what the matrix gives, σ times as much as they agree.
///
/// Both signs turned together are the same factor; it is read the way round in which its words
/// stand out more.
///
/// @param weight σ
/// @param share σ² among the squares of the whole difference
/// @param imprintTop what triggers it: tokens whose embedding agrees most with u, seen through the
///   norm; of `W_O` and `W_out`, with what goes into them for u
/// @param shiftTop what it says: words that v promotes most; of `W_V`, `W_gate` and `W_in`, those
///   that the next matrix makes of v; absent for `W_Q` and `W_K`, which write no word
public record DifferenceFactor(
    double weight,
    double share,
    List<TokenReading> imprintTop,
    @Nullable List<TokenReading> shiftTop) {
  /// Copies the lists.
  public DifferenceFactor {
    imprintTop = List.copyOf(imprintTop);
    shiftTop = shiftTop == null ? null : List.copyOf(shiftTop);
  }
}
