package io.lexiscope.workbench.compare;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.analysis.compare.ComparedPosition;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.generate.Continuation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A prompt without and with interventions, side by side.
///
/// @param header model, tokens of the prompt, provenance with the interventions in force
/// @param positions the output distribution at each position asked for, before and after
/// @param before how the unchanged model goes on; absent when no tokens were asked for
/// @param after how the changed model goes on; absent when no tokens were asked for
/// @param sameTokens how many tokens of the two continuations are equal from the start
public record CompareResult(
    @JsonUnwrapped ResultHeader header,
    List<ComparedPosition> positions,
    @Nullable Continuation before,
    @Nullable Continuation after,
    @Nullable Integer sameTokens)
    implements Result {
  /// Copies the list.
  public CompareResult {
    positions = List.copyOf(positions);
  }

  @Override
  public String method() {
    return "That the interventions change the output of this prompt, not by which path, nor whether"
        + " other prompts would change alike.";
  }
}
