package io.lexiscope.analysis.survey;

import java.util.List;

/// What one norm does to the words of the stream: their probabilities after it less those before.
///
/// @param layer from 0
/// @param norm 1 before attention, 2 before the MLP
/// @param moved how much probability it moves
/// @param gain the words that gain most in the mean over prompts, most first
/// @param lose the words that lose most, most first
public record NormFilter(
    int layer, int norm, NormMoved moved, List<WordShift> gain, List<WordShift> lose) {
  /// Copies the lists.
  public NormFilter {
    gain = List.copyOf(gain);
    lose = List.copyOf(lose);
  }
}
