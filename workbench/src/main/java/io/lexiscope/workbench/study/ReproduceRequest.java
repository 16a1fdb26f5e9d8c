package io.lexiscope.workbench.study;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks to repeat a paper's study on a model.
///
/// @param choice the model
/// @param paper name of the study
/// @param output folder for the report in HTML and JSON; none is written when absent
/// @param data a text file to take prompts from
/// @param perplexity a text file whose perplexity is taken
/// @param examples prompts to look at, 2,000 when absent
/// @param vectors value vectors of each layer to compare lenses on, 400 when absent
/// @param seed of everything random, 0 when absent
public record ReproduceRequest(
    @JsonUnwrapped ModelChoice choice,
    String paper,
    @NamesFile(FileUse.OUTPUT) @Nullable String output,
    @NamesFile(FileUse.DATA) @Nullable String data,
    @NamesFile(FileUse.DATA) @Nullable String perplexity,
    @Nullable Integer examples,
    @Nullable Integer vectors,
    @Nullable Long seed)
    implements Request<ReproduceResult> {}
