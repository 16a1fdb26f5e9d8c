package io.lexiscope.analysis.compare;

import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.tokenizer.TokenView;
import java.util.List;

/// The output distribution at one position, before and after.
///
/// @param position from 0
/// @param token the token read there
/// @param before the likeliest next words of the unchanged model
/// @param after the likeliest next words of the changed model
/// @param klNats Kullback-Leibler divergence D(before ‖ after), nats; 0 when nothing changed
/// @param reverseKlNats D(after ‖ before), nats
/// @param totalVariation half the summed absolute difference of probabilities, 0 to 1
/// @param targets the words followed
public record ComparedPosition(
    int position,
    TokenView token,
    List<TokenReading> before,
    List<TokenReading> after,
    double klNats,
    double reverseKlNats,
    double totalVariation,
    List<TargetChange> targets) {
  /// Copies the lists.
  public ComparedPosition {
    before = List.copyOf(before);
    after = List.copyOf(after);
    targets = List.copyOf(targets);
  }
}
