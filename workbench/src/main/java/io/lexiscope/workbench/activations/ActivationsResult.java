package io.lexiscope.workbench.activations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;

/// What was written of a forward pass.
///
/// @param header model, tokens, provenance
/// @param written the tensors in the file
/// @param output the file
/// @param bytes its size, bytes
public record ActivationsResult(
    @JsonUnwrapped ResultHeader header, List<TensorShape> written, String output, long bytes)
    implements Result {
  /// Copies the list.
  public ActivationsResult {
    written = List.copyOf(written);
  }

  @Override
  public String method() {
    return "Values at the recorded hook points on this prompt; what they do to the output is not"
        + " measured.";
  }
}
