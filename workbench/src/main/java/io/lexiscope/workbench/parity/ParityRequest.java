package io.lexiscope.workbench.parity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks how far the model's numbers are from a file of reference numbers, or from each other.
///
/// @param choice the model
/// @param golden a safetensors file with `input_ids` and reference tensors under hook-point names;
///   absent for the checks that need none
/// @param atol largest absolute difference that passes; when absent 1e-4, and for the checks that
///   need no file what each of them allows
public record ParityRequest(
    @JsonUnwrapped ModelChoice choice,
    @NamesFile(FileUse.DATA) @Nullable String golden,
    @Nullable Double atol)
    implements Request<ParityResult> {}
