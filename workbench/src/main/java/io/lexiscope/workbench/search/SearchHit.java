package io.lexiscope.workbench.search;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A vector found.
///
/// @param at hook point at which it is added
/// @param kind what writes it: `neuron`, `head` or `bias`
/// @param label short name, such as `L3N812`, `L3H5D0`, `L3.b_mlp`
/// @param layer from 0
/// @param neuron from 0; absent for heads and biases
/// @param head from 0; absent for neurons and biases
/// @param direction rank of the singular direction of the head, from 0; absent for neurons and
///   biases
/// @param score by which it is ranked
/// @param sign 1 where the score is above 0, −1 where below, 0 where it is 0
/// @param norm length of the vector
/// @param rate share of the corpus' positions at which the neuron fires, 0 to 1; absent where not
///   measured
/// @param words the words of the query: the form that fitted best, and what the vector gives it
/// @param top words it promotes most: scores above the mean over the vocabulary, and their softmax
/// @param bottom words it suppresses most
public record SearchHit(
    String at,
    String kind,
    String label,
    int layer,
    @Nullable Integer neuron,
    @Nullable Integer head,
    @Nullable Integer direction,
    double score,
    int sign,
    double norm,
    @Nullable Double rate,
    List<SearchWord> words,
    List<TokenReading> top,
    List<TokenReading> bottom) {
  /// Copies the lists.
  public SearchHit {
    words = List.copyOf(words);
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
  }
}
