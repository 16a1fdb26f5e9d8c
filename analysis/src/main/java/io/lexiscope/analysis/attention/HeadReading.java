package io.lexiscope.analysis.attention;

import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// What one head does at one position.
///
/// @param layer from 0
/// @param head from 0
/// @param position from 0
/// @param norm length of what it adds, ‖A_h W_O‖ (through the norm after attention, where there is
///   one), without the output bias
/// @param push what it adds to the target's logit, relative to the mean word or the foil, before
///   any soft cap; logits
/// @param entropy of what it adds as the vocabulary reads it, bits
/// @param top words it adds
/// @param bottom words it takes away
/// @param target the target in what it adds
/// @param attends the positions from which it moves most, by weight · ‖value through W_O‖, largest
///   first
/// @param others what it moves from all other positions
public record HeadReading(
    int layer,
    int head,
    int position,
    double norm,
    double push,
    double entropy,
    List<TokenReading> top,
    List<TokenReading> bottom,
    TargetReading target,
    List<Attended> attends,
    OtherPositions others) {
  /// Copies the lists.
  public HeadReading {
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
    attends = List.copyOf(attends);
  }
}
