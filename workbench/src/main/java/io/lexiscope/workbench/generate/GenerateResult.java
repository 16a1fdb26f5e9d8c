package io.lexiscope.workbench.generate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.job.GeneratedToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A continuation of a prompt.
///
/// @param header model, tokens of the prompt, provenance
/// @param prompt the text of the prompt
/// @param text the prompt and its continuation together
/// @param generated the tokens of the continuation
/// @param tokensPerSecond tokens generated per second, the reading of the prompt left out
/// @param stopped why it ended
/// @param earlyExit what early exit saved; absent when no rule was in force
public record GenerateResult(
    @JsonUnwrapped ResultHeader header,
    String prompt,
    String text,
    List<GeneratedToken> generated,
    double tokensPerSecond,
    StopReason stopped,
    @Nullable EarlyExitReport earlyExit)
    implements Result {
  /// Copies the tokens.
  public GenerateResult {
    generated = List.copyOf(generated);
  }

  @Override
  public String method() {
    return "One continuation of many; a probability is the model's own and says nothing of whether"
        + " the text is true.";
  }
}
