package io.lexiscope.workbench.score;

import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The loss of a text.
///
/// @param model name of the model as it was asked for
/// @param tokens the tokens with their losses
/// @param scored how many tokens have a loss
/// @param meanNats mean loss per token, nats
/// @param perplexity the exponential of the mean loss
/// @param bitsPerByte summed loss in bits by the number of UTF-8 bytes of the scored tokens
/// @param window tokens a pass read at once
/// @param stride tokens a window moved on by
/// @param provenance where the result comes from
/// @param notFinite places whose numbers are not finite; absent when all are
public record ScoreResult(
    String model,
    List<ScoredToken> tokens,
    int scored,
    double meanNats,
    double perplexity,
    double bitsPerByte,
    int window,
    int stride,
    Provenance provenance,
    @Nullable List<NotFinite> notFinite)
    implements Result {
  /// Copies the lists.
  public ScoreResult {
    tokens = List.copyOf(tokens);
    notFinite = notFinite == null ? null : List.copyOf(notFinite);
  }

  @Override
  public String method() {
    return "The loss on this text, each token after as much as fits into a window; why a token was"
        + " expected or not is not captured.";
  }
}
