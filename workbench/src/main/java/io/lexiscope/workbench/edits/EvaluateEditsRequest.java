package io.lexiscope.workbench.edits;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks how well edits of a file of cases go.
///
/// @param choice the model
/// @param data the cases, in the short form of CounterFact
/// @param how edits are made; the layer is needed, and the step of methods that have one
/// @param plan how they are evaluated
/// @param output folder that keeps each case as it is done, so that the work can go on; none when
///   absent
public record EvaluateEditsRequest(
    @JsonUnwrapped ModelChoice choice,
    @NamesFile(FileUse.DATA) String data,
    @JsonUnwrapped EditHow how,
    @JsonUnwrapped EvaluateEditsPlan plan,
    @NamesFile(FileUse.WORK_FOLDER) @Nullable String output)
    implements Request<EvaluateEditsResult> {}
