package io.lexiscope.model.config;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Everything about a transformer but its weights: which sizes, which norms, which positions, how a
/// block is wired.
///
/// One forward pass runs every family from this record alone; no code asks for the family's name.
///
/// @param family name of the family the network belongs to, such as `gpt2`; for people and for
///   weight names, never for computing
/// @param dimensions the sizes
/// @param embedding how tokens and positions become the first residual stream
/// @param block what every layer does; where layers differ, the parts answer by layer number
/// @param output what happens to the last residual stream
public record Architecture(
    String family, Dimensions dimensions, Embedding embedding, Block block, Output output) {

  /// Checks that the parts fit together.
  ///
  /// @throws ConfigException if the sizes of two parts contradict each other
  public Architecture {
    int spans = block.attention().mask().spans().size();
    if (spans != dimensions.layers()) {
      throw new ConfigException(
          "architecture: expected an attention kind for each of %d layers, got %d"
              .formatted(dimensions.layers(), spans));
    }
    if (embedding.positions() instanceof Positions.Rotary rotary
        && rotary.dimensions() > block.attention().heads().dHead()) {
      throw new ConfigException(
          "architecture: expected at most d_head=%d rotary dimensions, got %d"
              .formatted(block.attention().heads().dHead(), rotary.dimensions()));
    }
  }

  /// Number of blocks.
  public int layers() {
    return dimensions.layers();
  }

  /// Width of the residual stream.
  public int dModel() {
    return dimensions.dModel();
  }

  /// The longest sequence the network can be run on: its context where every position has a learned
  /// vector, nothing elsewhere. Rotary angles exist for any position; beyond [Dimensions#context]
  /// the network computes, as the reference does, what it was not trained for.
  public OptionalInt longestSequence() {
    return switch (embedding.positions()) {
      case Positions.Learned _ -> OptionalInt.of(dimensions.context());
      case Positions.Rotary _, Positions.None _ -> OptionalInt.empty();
    };
  }

  /// Whether the numbers of a position are the same in sequences of two lengths: always, unless
  /// rotary angles depend on the length. Where they differ, nothing computed at one length may be
  /// kept for the other, neither keys nor the streams they were made from.
  ///
  /// @param length positions of one sequence
  /// @param other positions of the other
  public boolean sameAngles(int length, int other) {
    return !(embedding.positions() instanceof Positions.Rotary rotary)
        || (rotary.global().sameAngles(rotary.dimensions(), length, other)
            && rotary.sliding().sameAngles(rotary.dimensions(), length, other));
  }

  /// This network with rotary angles that change at another length, where they depend on the length
  /// at all: what crosses that border can then be tried on few tokens.
  ///
  /// @param length positions up to which the angles of short sequences hold
  public Architecture changingAnglesAt(int length) {
    if (!(embedding.positions() instanceof Positions.Rotary rotary)) {
      return this;
    }
    return new Architecture(
        family,
        dimensions,
        embedding.with(
            new Positions.Rotary(
                rotary.dimensions(),
                rotary.layout(),
                rotary.global().changingAt(length),
                rotary.sliding().changingAt(length))),
        block,
        output);
  }

  /// Whether a position sees only itself and what came before.
  public boolean causal() {
    return block.attention().mask().causal();
  }

  /// Whether the unembedding matrix is the embedding matrix.
  public boolean tied() {
    return switch (output.head()) {
      case Head.Language language -> language.tied();
      case Head.Encoder encoder -> encoder.masked() != Head.Masked.UNTIED;
    };
  }

  /// The rotary frequencies that a layer uses, or null where positions are not rotary.
  ///
  /// @param layer number of the block, from 0
  public @Nullable RotaryFrequencies rotaryFrequencies(int layer) {
    return embedding.positions() instanceof Positions.Rotary rotary
        ? rotary.frequencies(block.attention().mask().spans().get(layer))
        : null;
  }
}
