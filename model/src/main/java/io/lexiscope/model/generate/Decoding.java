package io.lexiscope.model.generate;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How to continue a prompt.
///
/// @param tokens how many tokens to add at most
/// @param strategy how each is chosen
/// @param stopAt ids after which to stop; empty to go on through end tokens
/// @param alternatives how many of the likeliest tokens to report at each step
/// @param early when a token leaves the network before its end; null to run all of it
public record Decoding(
    int tokens,
    Strategy strategy,
    Set<Integer> stopAt,
    int alternatives,
    @Nullable EarlyExit early) {

  /// Checks the counts.
  ///
  /// @throws GenerationException if one is negative, or a beam search should leave early
  public Decoding {
    stopAt = Set.copyOf(stopAt);
    if (tokens < 0 || alternatives < 0) {
      throw new GenerationException(
          "generate: expected counts of 0 or more, got tokens=%d alternatives=%d"
              .formatted(tokens, alternatives));
    }
    if (early != null && strategy instanceof Strategy.Beams) {
      throw new GenerationException(
          "generate: expected greedy or sampled tokens with early exit, got a beam search; leave one of them out");
    }
  }

  /// All of the network for every token.
  public Decoding(int tokens, Strategy strategy, Set<Integer> stopAt, int alternatives) {
    this(tokens, strategy, stopAt, alternatives, /* early= */ null);
  }

  /// The likeliest token each time.
  public static Decoding greedy(int tokens) {
    return new Decoding(tokens, new Strategy.Greedy(), Set.of(), /* alternatives= */ 0);
  }

  /// The same, reporting alternatives.
  public Decoding reporting(int count) {
    return new Decoding(tokens, strategy, stopAt, count, early);
  }

  /// The same, stopping after any of these ids.
  public Decoding stoppingAt(Set<Integer> ids) {
    return new Decoding(tokens, strategy, ids, alternatives, early);
  }

  /// The same, leaving the network early where a rule says so.
  ///
  /// @throws GenerationException if it is a beam search
  public Decoding leaving(EarlyExit exit) {
    return new Decoding(tokens, strategy, stopAt, alternatives, exit);
  }

  /// How a token is chosen.
  public sealed interface Strategy {

    /// The likeliest; the lowest id on ties.
    record Greedy() implements Strategy {}

    /// Drawn at random.
    ///
    /// @param temperature divides the logits; above 0
    /// @param topK keep only the k likeliest; 0 keeps all
    /// @param topP keep the fewest likeliest tokens whose probabilities sum to at least this; 1
    ///   keeps all
    /// @param seed of the draws; the same seed gives the same text
    record Sampled(double temperature, int topK, double topP, long seed) implements Strategy {

      /// Checks the ranges.
      ///
      /// @throws GenerationException if one is out of range
      public Sampled {
        if (!(temperature > 0) || topK < 0 || !(topP > 0) || topP > 1) {
          throw new GenerationException(
              "generate: expected temperature > 0, top-k of 0 or more and top-p in (0, 1], got temperature=%s top-k=%d top-p=%s"
                  .formatted(temperature, topK, topP));
        }
      }
    }

    /// Beam search: the continuations with the largest sum of log-probabilities are followed side
    /// by side, and the best by that sum divided by its length is taken.
    ///
    /// @param width how many are followed; 1 is greedy
    record Beams(int width) implements Strategy {

      /// Checks the width.
      ///
      /// @throws GenerationException if it is not positive
      public Beams {
        if (width < 1) {
          throw new GenerationException(
              "generate: expected a beam width of 1 or more, got %d".formatted(width));
        }
      }
    }
  }
}
