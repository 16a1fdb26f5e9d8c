package io.lexiscope.workbench.neuron;

import io.lexiscope.model.tokenizer.TokenView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A prefix that excites a neuron.
///
/// @param sentence number of the sentence in the corpus, from 0
/// @param tokens the prefix and what follows it in the sentence
/// @param position last position of the prefix, from 0
/// @param coefficient the neuron's coefficient there
/// @param withoutLast what the coefficient becomes without the prefix's last token, as a share of
///   what it was, −1 for nothing left; absent where nothing is left of the prefix
/// @param withoutFirst the same without its first token
/// @param withoutRandom the same without a random one
public record TriggerView(
    int sentence,
    List<TokenView> tokens,
    int position,
    double coefficient,
    @Nullable Double withoutLast,
    @Nullable Double withoutFirst,
    @Nullable Double withoutRandom) {
  /// Copies the tokens.
  public TriggerView {
    tokens = List.copyOf(tokens);
  }
}
