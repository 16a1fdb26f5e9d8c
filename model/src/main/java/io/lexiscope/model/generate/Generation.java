package io.lexiscope.model.generate;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A prompt and how it went on.
///
/// @param prompt the tokens given
/// @param tokens the tokens added
/// @param text prompt and continuation as one text; empty where the model has no tokenizer
/// @param seconds wall-clock time of the whole call
public record Generation(TokenIds prompt, List<Step> tokens, String text, double seconds) {

  /// Copies the list.
  public Generation {
    tokens = List.copyOf(tokens);
  }

  /// Prompt and continuation.
  public TokenIds ids() {
    return prompt.plus(tokens.stream().mapToInt(Step::id).toArray());
  }

  /// Tokens added per second.
  public double tokensPerSecond() {
    return seconds > 0 ? tokens.size() / seconds : 0;
  }

  /// One token that was added.
  ///
  /// @param id its id
  /// @param probability what the model gave it, before temperature and truncation
  /// @param logit its logit
  /// @param alternatives the likeliest tokens of the step
  /// @param exitLayer the last layer that ran for it, from 0; null where no rule for early exit was
  ///   in force
  public record Step(
      int id,
      double probability,
      float logit,
      List<Alternative> alternatives,
      @Nullable Integer exitLayer) {
    /// Copies the list.
    public Step {
      alternatives = List.copyOf(alternatives);
    }

    /// A token of the whole network.
    public Step(int id, double probability, float logit, List<Alternative> alternatives) {
      this(id, probability, logit, alternatives, /* exitLayer= */ null);
    }

    Step leavingAfter(int layer) {
      return new Step(id, probability, logit, alternatives, layer);
    }
  }

  /// A token that could have come.
  ///
  /// @param id its id
  /// @param probability what the model gave it
  public record Alternative(int id, double probability) {}
}
