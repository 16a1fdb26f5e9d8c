package io.lexiscope.analysis.ffn;

import java.util.DoubleSummaryStatistics;
import java.util.List;

/// A word's rise to the first rank for good, or the fall of one that led.
///
/// @param kind which of the two
/// @param place the layer whose FFN did it, and the position
/// @param word the word concerned: the answer for a saturation, the word that led before for an
///   elimination
/// @param ranks the word's ranks around the FFN
/// @param responsible the ten dominant sub-updates of the layer with their scores for the word
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.1</a>
public record FfnEvent(
    FfnEventKind kind, FfnWords.Place place, int word, Ranks ranks, List<SubUpdate> responsible) {

  /// Copies the list.
  public FfnEvent {
    responsible = List.copyOf(responsible);
  }

  /// Ranks from 1.
  ///
  /// @param before in the stream before the FFN
  /// @param after in the stream after it
  public record Ranks(int before, int after) {}

  /// Largest, mean and smallest score of the dominant sub-updates.
  public DoubleSummaryStatistics scores() {
    return responsible.stream().mapToDouble(SubUpdate::score).summaryStatistics();
  }
}
