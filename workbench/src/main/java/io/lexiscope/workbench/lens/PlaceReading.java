package io.lexiscope.workbench.lens;

import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The vocabulary reading of one place.
///
/// @param at the hook point by its full name
/// @param layer its layer; absent for hook points outside the blocks
/// @param position its position, from 0
/// @param head its head; absent when the place is not a head
/// @param neuron its neuron; absent when the place is not a neuron
/// @param norm Euclidean length of the vector read
/// @param entropy of the distribution over the vocabulary, bits
/// @param top the highest words, highest first
/// @param bottom the lowest words, lowest first; absent when none were asked for
/// @param target the word to follow; absent when none was asked for
/// @param against the word to compare with; absent when none was asked for
/// @param otherMass probability of all words not in `top`
/// @param leftOut under-trained tokens that would stand among the words listed; absent when none
public record PlaceReading(
    String at,
    @Nullable Integer layer,
    int position,
    @Nullable Integer head,
    @Nullable Integer neuron,
    double norm,
    double entropy,
    List<TokenReading> top,
    @Nullable List<TokenReading> bottom,
    @Nullable TargetReading target,
    @Nullable TargetReading against,
    double otherMass,
    @Nullable Integer leftOut) {
  /// Copies the lists.
  public PlaceReading {
    top = List.copyOf(top);
    bottom = bottom == null ? null : List.copyOf(bottom);
  }
}
