package io.lexiscope.workbench.values;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens when a value is moved.
///
/// @param header the tokens of the first prompt stand for all
/// @param finding what was found, in sentences
/// @param value which is moved
/// @param at the place
/// @param position from 0; absent where all positions are joined
/// @param direction `pattern`, `component` or `ridge`
/// @param answer what the answer is: `number`, or `next` for the number that the next character
///   stands for
/// @param moved how many prompts
/// @param curve by the value wanted
/// @param agreement of moving and rewriting
/// @param seconds wall-clock time
public record MoveValueResult(
    @JsonUnwrapped ResultHeader header,
    String finding,
    String value,
    String at,
    @Nullable Integer position,
    String direction,
    String answer,
    int moved,
    List<DoseView> curve,
    MoveAgreement agreement,
    double seconds)
    implements Result {
  /// Copies the list.
  public MoveValueResult {
    curve = List.copyOf(curve);
  }

  @Override
  public String method() {
    return "What the model answers when activations are moved along one direction; a value that is"
        + " kept elsewhere too is moved in part, and far from what prompts have a model may do"
        + " anything.";
  }
}
