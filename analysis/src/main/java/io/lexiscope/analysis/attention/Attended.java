package io.lexiscope.analysis.attention;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// One position that a head looks at.
///
/// @param position from 0
/// @param weight of the attention, 0 to 1
/// @param norm length of what is moved from there: weight · ‖value through W_O‖
/// @param push what that adds to the target's logit, relative to the mean word or the foil
/// @param valueTop the value in words
public record Attended(
    int position, double weight, double norm, double push, List<TokenReading> valueTop) {
  /// Copies the list.
  public Attended {
    valueTop = List.copyOf(valueTop);
  }
}
