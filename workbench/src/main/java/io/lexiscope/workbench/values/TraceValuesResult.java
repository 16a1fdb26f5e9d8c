package io.lexiscope.workbench.values;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a model keeps the values of a task.
///
/// @param header the tokens of the first prompt stand for all
/// @param finding what was found, in sentences
/// @param at the hook point, with `{l}` for the block
/// @param values their names, the answer last
/// @param prompts how many
/// @param layers a row for each place and value
/// @param notJoined why positions were not read as one vector; absent where they were
/// @param seconds wall-clock time
public record TraceValuesResult(
    @JsonUnwrapped ResultHeader header,
    String finding,
    String at,
    List<String> values,
    int prompts,
    List<TracedValueView> layers,
    @Nullable String notJoined,
    double seconds)
    implements Result {
  /// Copies the lists.
  public TraceValuesResult {
    values = List.copyOf(values);
    layers = List.copyOf(layers);
  }

  @Override
  public String method() {
    return "How well values can be read along a direction or on a circle; that a value can be read"
        + " does not show that it is used, which only moving it does, and values that are kept in"
        + " another way are missed.";
  }
}
