package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.reading.Baseline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is asked of the feed-forward parts of a run.
///
/// @param places layers and positions
/// @param counts how much is listed
/// @param words which word is scored
/// @param convention how vectors become logits
public record FfnQuestion(Places places, Counts counts, Scored words, LensConvention convention) {

  /// Which word is scored, and above what.
  ///
  /// @param target id of the word; null for what the model says at each position
  /// @param against id of a second word whose score is subtracted, or null
  /// @param baseline what the score of one word, and the words of value vectors, stand above
  public record Scored(@Nullable Integer target, @Nullable Integer against, Baseline baseline) {
    /// What the model says at each position, above the mean word.
    public static final Scored ANSWER = new Scored(null, null, Baseline.MEAN);
  }

  /// Where.
  ///
  /// @param layers from 0
  /// @param positions from 0
  public record Places(List<Integer> layers, List<Integer> positions) {
    /// Copies the lists.
    public Places {
      layers = List.copyOf(layers);
      positions = List.copyOf(positions);
    }
  }

  /// How much.
  ///
  /// @param order which sub-updates are listed
  /// @param top how many of them
  /// @param words how many words of each state and at each end of a value vector
  /// @param nullVectors how many random vectors the null band is taken from; 0 for no band
  /// @param seed of the random vectors
  public record Counts(FfnOrder order, int top, int words, int nullVectors, long seed) {
    /// Ten dominant sub-updates with ten words each, and a null band of 20 vectors.
    public static Counts standard() {
      return new Counts(FfnOrder.DOMINANCE, 10, 10, 20, 0);
    }
  }

  /// What the model says at some places, scored under the frozen scale.
  public static FfnQuestion at(List<Integer> layers, List<Integer> positions) {
    return new FfnQuestion(
        new Places(layers, positions),
        Counts.standard(),
        Scored.ANSWER,
        LensConvention.FROZEN_SCALE);
  }
}
