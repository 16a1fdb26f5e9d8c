package io.lexiscope.analysis.survey;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// How many of their leading words two vectors share: `I_k = |top k of one ∩ top k of the other| /
/// k`.
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, eq. (3)</a>
public final class IntersectionScore {
  private IntersectionScore() {}

  /// The score of two lists of words.
  ///
  /// @param one token ids, each once
  /// @param other token ids, each once, as many
  /// @return a multiple of 1/k from 0 to 1
  /// @throws SurveyException if there are none, or not equally many
  public static double of(long[] one, long[] other) {
    if (one.length != other.length || one.length == 0) {
      throw new SurveyException(
          "survey: expected two lists of equally many words, got %d and %d; read both with one k"
              .formatted(one.length, other.length));
    }
    Set<Long> words = new HashSet<>();
    Arrays.stream(one).forEach(words::add);
    long shared = Arrays.stream(other).filter(words::contains).count();
    return (double) shared / one.length;
  }
}
