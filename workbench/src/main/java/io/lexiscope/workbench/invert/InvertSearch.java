package io.lexiscope.workbench.invert;

import io.lexiscope.analysis.inversion.ActivationMetric;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.NamesFile;
import org.jspecify.annotations.Nullable;

/// Where members are looked for, and how near they have to be.
///
/// @param reader how; exact where the inputs of the model's task or of a pattern can all be gone
///   through, a corpus otherwise, when absent
/// @param metric how far apart two activations are; euclidean when absent
/// @param epsilon bound of the set; the metric's own when absent
/// @param inputs a pattern of all inputs, such as `B[1-9][0-9]+[1-9][0-9]=`, a character a token
/// @param data a file of inputs: JSON lines with a `prompt` or a `text` each, or one a line
public record InvertSearch(
    @Nullable InvertReader reader,
    @Nullable ActivationMetric metric,
    @Nullable Double epsilon,
    @Nullable String inputs,
    @NamesFile(FileUse.DATA) @Nullable String data) {}
