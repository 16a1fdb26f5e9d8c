package io.lexiscope.workbench.edits;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks to write a model with patches.
///
/// @param choice the model, with the patches to write
/// @param output folder to write to
/// @param as its form, `folder` when absent
public record ApplyRequest(
    @JsonUnwrapped ModelChoice choice,
    @NamesFile(FileUse.OUTPUT) String output,
    @Nullable ApplyForm as)
    implements Request<ApplyResult> {}
