package io.lexiscope.workbench.train;

import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks for a model with random weights.
///
/// @param like name of a known shape such as `gpt2`, or a `config.json` or the folder it is in
/// @param output folder of the result; it must hold no model yet
/// @param seed of the random numbers, 0 when absent
/// @param dtype type of the stored weights, `float32` or `bf16`; `float32` when absent
public record NewRequest(
    @NamesFile(FileUse.NAME_OR_DATA) String like,
    @NamesFile(FileUse.WORK_FOLDER) String output,
    @Nullable Long seed,
    @Nullable String dtype)
    implements Request<NewResult> {}
