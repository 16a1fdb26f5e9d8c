package io.lexiscope.workbench.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// Asks how far the model's numbers are from a file of reference numbers.
///
/// @param choice the model
/// @param golden a safetensors file with `input_ids` and reference tensors under hook-point names
/// @param atol largest absolute difference that passes, 1e-4 when absent
public record ParityRequest(@JsonUnwrapped ModelChoice choice, String golden, @Nullable Double atol)
    implements Request<ParityResult> {}
