package io.lexiscope.analysis.ffn;

import io.lexiscope.model.tokenizer.TokenView;
import java.util.List;

/// The rise of the answer to the first rank for good, or the fall of a word that led.
///
/// @param kind which of the two
/// @param layer the layer whose feed-forward part did it
/// @param position from 0
/// @param token the word concerned
/// @param rankBefore its rank in the stream before, from 1
/// @param rankAfter its rank in the stream after
/// @param max largest score of the responsible sub-updates
/// @param mean their mean score
/// @param min their smallest score
/// @param subUpdates the responsible ones: the ten dominant of the layer, scored for the word
public record FfnEventView(
    FfnEventKind kind,
    int layer,
    int position,
    TokenView token,
    int rankBefore,
    int rankAfter,
    double max,
    double mean,
    double min,
    List<EventSubUpdate> subUpdates) {
  /// Copies the sub-updates.
  public FfnEventView {
    subUpdates = List.copyOf(subUpdates);
  }
}
