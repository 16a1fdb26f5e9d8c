package io.lexiscope.analysis.ffn;

import io.lexiscope.base.Estimate;
import java.util.List;

/// What feed-forward parts do to leading words over many prompts.
///
/// @param counts how many examples and events there were
/// @param scores scores of sub-updates in events, dominant and random ones
/// @param layers one per layer, first to last
/// @param savedLayers layers that an oracle would save that stops at the saturation layer, a mean
///   over examples
/// @param extreme value vectors whose score for a leading word passed the threshold
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, Tables 4, 9 and 10, Figures 3
///   and 6</a>
public record EventReport(
    Counts counts,
    List<EventScores> scores,
    List<LayerRow> layers,
    Estimate savedLayers,
    Extreme extreme) {

  /// Copies the lists.
  public EventReport {
    scores = List.copyOf(scores);
    layers = List.copyOf(layers);
  }

  /// How many there were.
  ///
  /// @param examples prompts, each looked at after its last token
  /// @param saturations saturation events, at most one per example
  /// @param eliminations elimination events, at most one per example
  /// @param early examples whose saturation layer, as the authors' code has it, is not the last
  /// @param apart what is not among these
  public record Counts(
      int examples, int saturations, int eliminations, int early, EventsApart apart) {}

  /// Scores of a layer's sub-updates for the word of an event: of each event the largest, the mean
  /// and the smallest of ten, averaged over events.
  ///
  /// @param event which events
  /// @param random whether the ten are random ones of the layer, rather than the dominant
  /// @param scores averages over events
  public record EventScores(FfnEventKind event, boolean random, ScoreExtremes scores) {}

  /// One layer.
  ///
  /// @param layer from 0
  /// @param saturated share of examples whose saturation layer it is (Tables 9 and 10)
  /// @param leading scores of the ten dominant for the word that led before the layer (Figure 3)
  /// @param withoutExtreme the same without vectors whose score passed the threshold anywhere
  /// @param share the ten's share of Σ|m|‖v‖ (Figure 6)
  public record LayerRow(
      int layer,
      Estimate saturated,
      ScoreExtremes leading,
      ScoreExtremes withoutExtreme,
      Share share) {}

  /// Distribution over examples of ten sub-updates' share, 0 to 1.
  ///
  /// @param lower first quartile
  /// @param median of the ten dominant
  /// @param upper third quartile
  /// @param random median of ten random ones
  public record Share(double lower, Estimate median, double upper, Estimate random) {}

  /// Value vectors with extreme scores, counted one by one. The paper's groups of them are found by
  /// [io.lexiscope.analysis.cluster.FunctionalGroups].
  ///
  /// @param threshold size of score beyond which a vector counts, logits
  /// @param vectors how many passed it
  /// @param ofAll as a share of all value vectors of the model
  public record Extreme(double threshold, int vectors, double ofAll) {}
}
